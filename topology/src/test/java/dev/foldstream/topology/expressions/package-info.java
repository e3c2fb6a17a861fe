@NullMarked
package dev.foldstream.topology.expressions;

import org.jspecify.annotations.NullMarked;
