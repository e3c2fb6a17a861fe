/** What aggregates keep: numbers, values, sketches, and their stored form. */
@NullMarked
package dev.foldstream.topology.aggregation;

import org.jspecify.annotations.NullMarked;
