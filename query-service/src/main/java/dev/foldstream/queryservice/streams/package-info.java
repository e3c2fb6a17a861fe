/** The events of aggregates and processes, and the states they fold to. */
@NullMarked
package dev.foldstream.queryservice.streams;

import org.jspecify.annotations.NullMarked;
