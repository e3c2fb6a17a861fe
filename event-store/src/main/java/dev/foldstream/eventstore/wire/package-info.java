/**
 * The headers of command, event and outcome records: CloudEvents 1.0, Kafka binding, binary mode.
 */
@NullMarked
package dev.foldstream.eventstore.wire;

import org.jspecify.annotations.NullMarked;
