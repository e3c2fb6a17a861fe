/**
 * What every Kafka Streams application of ours is made with: settings, stores, commits, offsets.
 */
@NullMarked
package dev.foldstream.eventstore.streams;

import org.jspecify.annotations.NullMarked;
