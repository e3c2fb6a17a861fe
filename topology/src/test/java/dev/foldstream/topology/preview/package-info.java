@NullMarked
package dev.foldstream.topology.preview;

import org.jspecify.annotations.NullMarked;
