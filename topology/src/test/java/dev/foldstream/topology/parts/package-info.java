@NullMarked
package dev.foldstream.topology.parts;

import org.jspecify.annotations.NullMarked;
