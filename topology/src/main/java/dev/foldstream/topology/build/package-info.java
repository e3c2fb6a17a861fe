/** From a checked topology to one of Kafka Streams, and the ports its steps call. */
@NullMarked
package dev.foldstream.topology.build;

import org.jspecify.annotations.NullMarked;
