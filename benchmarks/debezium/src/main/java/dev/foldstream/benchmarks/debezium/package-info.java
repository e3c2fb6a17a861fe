/** Kafka Connect with Debezium's JDBC sink as a contender. */
@NullMarked
package dev.foldstream.benchmarks.debezium;

import org.jspecify.annotations.NullMarked;
