/** Views kept up to date: events a second, and what they cost in processor time. */
@NullMarked
package dev.foldstream.benchmarks.read;

import org.jspecify.annotations.NullMarked;
