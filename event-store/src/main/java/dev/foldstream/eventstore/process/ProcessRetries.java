package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.topics.Partitions;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.eventstore.wire.ProcessHeaders;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * An operator's wish that a process is tried again, as a record of the inputs topic. It is taken
 * behind whatever is there: what was set aside is taken again, or a process that told that it
 * failed hears of it; one that needs no help ignores it.
 */
public final class ProcessRetries {

  private ProcessRetries() {}

  /**
   * The record of a retry.
   *
   * @param partitions of the inputs topic
   * @param retryId of this wish; the commands it leads to name it as their cause
   */
  public static ProducerRecord<byte[], byte[]> record(
      String domain,
      String process,
      String processId,
      int partitions,
      String retryId,
      String principal) {
    byte[] key = processId.getBytes(StandardCharsets.UTF_8);
    var headers = new RecordHeaders();
    write(headers, retryId, principal);
    return new ProducerRecord<>(
        TopicNames.inputs(domain, process),
        Partitions.of(key, partitions),
        null,
        key,
        new byte[0],
        headers);
  }

  static void write(Headers headers, String retryId, String principal) {
    ProcessHeaders.write(headers, HeaderNames.INPUT_KIND, InputKind.RETRIED.name());
    ProcessHeaders.write(headers, HeaderNames.ID, retryId);
    ProcessHeaders.write(headers, HeaderNames.PRINCIPAL, principal);
  }
}
