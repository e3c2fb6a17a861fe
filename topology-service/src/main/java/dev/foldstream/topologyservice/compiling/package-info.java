/** From the text of a topology to what can be run. */
@NullMarked
package dev.foldstream.topologyservice.compiling;

import org.jspecify.annotations.NullMarked;
