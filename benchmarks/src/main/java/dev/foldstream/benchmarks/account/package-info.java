/** The accounts of the read measurements: one event type, one view that folds it. */
@NullMarked
package dev.foldstream.benchmarks.account;

import org.jspecify.annotations.NullMarked;
