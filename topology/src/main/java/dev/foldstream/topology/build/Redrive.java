package dev.foldstream.topology.build;

import dev.foldstream.eventstore.topics.TopicNames;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * How a record that was set aside is given to its topology again: it lies in the topic of this
 * name, in the partition it had, with its key, value and headers, and two headers more. This is the
 * stored form.
 */
public final class Redrive {

  /** Where the record lies in the source topic. */
  public static final String RECORD = "foldstream-redrive-record";

  /** How often it was given again, from 1. */
  public static final String COUNT = "foldstream-redrive-count";

  private Redrive() {}

  /** Has as many partitions as the source topic. */
  public static String topic(String topology, String sourceTopic) {
    return TopicNames.redrive(topology, sourceTopic);
  }

  /**
   * Where the record lies in its source topic.
   *
   * @param found where it was read
   */
  public static RecordPointer pointer(Headers headers, RecordPointer found) {
    Header original = headers.lastHeader(RECORD);
    return original == null ? found : RecordPointer.parse(text(original));
  }

  /** How often it was given again; 0 for a record of the source topic itself. */
  public static int count(Headers headers) {
    Header count = headers.lastHeader(COUNT);
    return count == null ? 0 : Integer.parseInt(text(count));
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
