/** From a document to something that can be planned, drawn, previewed and run. */
@NullMarked
package dev.foldstream.topology.compile;

import org.jspecify.annotations.NullMarked;
