/** How a Kafka Streams application gets over failures, and what a failure leaves behind. */
@NullMarked
package dev.foldstream.eventstore.recovery;

import org.jspecify.annotations.NullMarked;
