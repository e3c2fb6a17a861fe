package dev.foldstream.topology.parts;

import dev.foldstream.topology.build.PartStreams;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;

/** What a part is built with. Records that cannot be read are set aside and counted. */
public final class PartBuilder {

  private final PartStreams streams;

  PartBuilder(PartStreams streams) {
    this.streams = streams;
  }

  /** The builder of Kafka Streams, for everything between reading and writing. */
  public StreamsBuilder builder() {
    return streams.builder();
  }

  /** The records of a topic, under this name. */
  public KStream<String, GenericRecord> read(String name, String topic) {
    return streams.read(name, topic);
  }

  /** Writes records to a topic, under this name. */
  public void write(String name, String topic, KStream<String, GenericRecord> records) {
    streams.write(name, topic, records);
  }

  /** For stores and repartitions. */
  public Serde<GenericRecord> serde(org.apache.avro.Schema schema) {
    return PartStreams.serde(schema);
  }
}
