/** What a query costs beside the same statement behind a bare server. */
@NullMarked
package dev.foldstream.benchmarks.query;

import org.jspecify.annotations.NullMarked;
