package dev.foldstream.topology.validation;

import java.util.List;
import org.apache.avro.Schema;

/**
 * What flows out of a source or step.
 *
 * @param records of which each record is one
 * @param table whether the last record of a key is what holds for it
 * @param windowed whether it comes from windows
 * @param single whether each record is an event of its own, with CloudEvents attributes
 * @param partitions of the topic or repartition it comes from
 * @param moved whether keys were changed since, so that records of a key are not yet together
 * @param keyedBy what the key is made of, in words that differ when the keys do
 */
public record Flow(
    List<Schema> records,
    boolean table,
    boolean windowed,
    boolean single,
    int partitions,
    boolean moved,
    String keyedBy) {

  public Flow {
    records = List.copyOf(records);
  }

  Flow of(Schema record) {
    return new Flow(List.of(record), table, windowed, single, partitions, moved, keyedBy);
  }

  Flow asStream() {
    return new Flow(records, false, windowed, single, partitions, moved, keyedBy);
  }

  Flow plain() {
    return new Flow(records, table, windowed, false, partitions, moved, keyedBy);
  }

  Flow rekeyed(String by) {
    return new Flow(records, false, windowed, single, partitions, true, by);
  }

  /** After records of a key were brought together. */
  public Flow together(int newPartitions) {
    return new Flow(records, table, windowed, single, newPartitions, false, keyedBy);
  }
}
