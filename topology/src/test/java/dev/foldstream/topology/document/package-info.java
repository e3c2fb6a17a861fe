@NullMarked
package dev.foldstream.topology.document;

import org.jspecify.annotations.NullMarked;
