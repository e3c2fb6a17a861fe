@NullMarked
package dev.foldstream.topology.compile;

import org.jspecify.annotations.NullMarked;
