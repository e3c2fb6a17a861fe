/** CEL over Avro: types, values, and expressions that are compiled once and evaluated often. */
@NullMarked
package dev.foldstream.topology.expressions;

import org.jspecify.annotations.NullMarked;
