@NullMarked
package dev.foldstream.topology.examples;

import org.jspecify.annotations.NullMarked;
