/** Deciding: the core without Kafka Streams, and the topology that runs it. */
@NullMarked
package dev.foldstream.eventstore.decision;

import org.jspecify.annotations.NullMarked;
