package dev.foldstream.topology.catalog;

import java.util.List;
import org.apache.avro.Schema;

/**
 * What lies on a topic.
 *
 * @param records the newest schema of each record
 */
public record TopicSchemas(String topic, int partitions, List<Schema> records) {

  public TopicSchemas {
    records = List.copyOf(records);
  }
}
