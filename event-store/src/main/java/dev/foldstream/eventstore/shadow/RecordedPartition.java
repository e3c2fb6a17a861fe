package dev.foldstream.eventstore.shadow;

import dev.foldstream.eventstore.outcomes.Outcome;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is recorded of one partition.
 *
 * @param commands of the range, in order
 * @param events of the aggregates that they ask, from the beginning of the log, in order
 * @param asked the ids of the commands of the range, as {@link CommandKey#id}
 * @param outcomes by {@link CommandKey#record}, as far as they are still there
 * @param commandsEnd the offset after the last command, read after the end of the events
 */
record RecordedPartition(
    int partition,
    Iterator<ConsumerRecord<byte[], byte[]>> commands,
    Iterator<ConsumerRecord<byte[], byte[]>> events,
    Set<String> asked,
    Map<String, Outcome> outcomes,
    long commandsEnd) {}
