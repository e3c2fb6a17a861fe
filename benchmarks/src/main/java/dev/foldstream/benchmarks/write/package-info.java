/** What a command costs, beside what users would otherwise get. */
@NullMarked
package dev.foldstream.benchmarks.write;

import org.jspecify.annotations.NullMarked;
