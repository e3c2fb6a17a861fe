/** Records as Kafka values in Confluent's wire format. */
@NullMarked
package dev.foldstream.schemas.wire;

import org.jspecify.annotations.NullMarked;
