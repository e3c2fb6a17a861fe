/** A domain of records of about 200 bytes, for measurements. */
@NullMarked
package dev.foldstream.benchmarks.wallet;

import org.jspecify.annotations.NullMarked;
