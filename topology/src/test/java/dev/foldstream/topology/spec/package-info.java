@NullMarked
package dev.foldstream.topology.spec;

import org.jspecify.annotations.NullMarked;
