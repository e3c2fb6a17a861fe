package dev.foldstream.topologyservice.running;

import dev.foldstream.eventstore.recovery.RecoveringStreams;
import dev.foldstream.topology.compile.Compiled;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;

/**
 * A version that was started.
 *
 * @param current the life it is in
 */
record Application(
    Compiled compiled,
    Tally tally,
    RecoveringStreams streams,
    AtomicReference<KafkaStreams> current) {}
