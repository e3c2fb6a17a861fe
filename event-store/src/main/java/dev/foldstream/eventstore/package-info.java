/** The log on Kafka: topics, headers, readers and the decision topology. */
@NullMarked
package dev.foldstream.eventstore;

import org.jspecify.annotations.NullMarked;
