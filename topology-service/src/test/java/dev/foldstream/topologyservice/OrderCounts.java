package dev.foldstream.topologyservice;

import dev.foldstream.topology.parts.PartBuilder;
import dev.foldstream.topology.parts.TopologyPart;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;

/** A topology in Java: how many orders each customer placed. */
public final class OrderCounts implements TopologyPart {

  static final String OUTPUT = "test.order-counts";

  private static final Schema COUNTED =
      SchemaBuilder.record("OrdersCounted")
          .namespace("test.parts")
          .fields()
          .requiredLong("orders")
          .endRecord();

  @Override
  public String name() {
    return "order-counts";
  }

  @Override
  public String description() {
    return "How many orders each customer placed.";
  }

  @Override
  public Set<String> reads() {
    return Set.of(Orders.TOPIC);
  }

  @Override
  public Map<String, Set<Schema>> writes() {
    return Map.of(OUTPUT, Set.of(COUNTED));
  }

  @Override
  public void addTo(PartBuilder builder) {
    var counted =
        builder
            .read("orders", Orders.TOPIC)
            .filter(
                (_, order) -> order.getSchema().getName().equals("OrderPlaced"), Named.as("placed"))
            .mapValues(order -> order.get("customerId").toString(), Named.as("customer"))
            .groupBy(
                (_, customer) -> customer,
                Grouped.<String, String>as("counted-by")
                    .withKeySerde(Serdes.String())
                    .withValueSerde(Serdes.String()))
            .count(
                Named.as("counted"),
                Materialized
                    .<String, Long,
                        org.apache.kafka.streams.state.KeyValueStore<
                            org.apache.kafka.common.utils.Bytes, byte[]>>
                        as("counted-store")
                    .withKeySerde(Serdes.String())
                    .withValueSerde(Serdes.Long()))
            .toStream(Named.as("counted-changes"))
            .mapValues(OrderCounts::line, Named.as("line"));
    builder.write("out", OUTPUT, counted);
  }

  private static GenericRecord line(Long orders) {
    var line = new GenericData.Record(COUNTED);
    line.put("orders", orders);
    return line;
  }
}
