package dev.foldstream.benchmarks.topologies;

import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.topology.build.PartStreams;
import dev.foldstream.topology.build.Wire;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What a team would write in the DSL for the same: the same codec, no CloudEvents of its own, no
 * counts, no place of a record in what fails.
 *
 * @param output schema of what is written, which is that of the document
 */
record ByHand(SchemaRegistry registry, Schema order, Schema output, String topic, String written) {

  private static final int SCALE = 2;
  private static final BigDecimal MUCH = BigDecimal.valueOf(1_000);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** The orders of 1,000 and more. */
  Topology filter() {
    var builder = new StreamsBuilder();
    read(builder)
        .filter((_, placed) -> decimal(placed.get("total")).compareTo(MUCH) >= 0, Named.as("high"))
        .to(written, Produced.with(Serdes.String(), wire()));
    return builder.build();
  }

  /** What is sold of each article, minute by minute. */
  Topology window() {
    var builder = new StreamsBuilder();
    Schema line = order.getField("lines").schema().getElementType();
    read(builder)
        .flatMap((_, placed) -> lines(placed), Named.as("lines"))
        .groupByKey(
            Grouped.<String, GenericRecord>as("sales")
                .withKeySerde(Serdes.String())
                .withValueSerde(PartStreams.serde(line)))
        .windowedBy(TimeWindows.ofSizeAndGrace(MINUTE, GRACE))
        .aggregate(
            this::nothing,
            ByHand::add,
            Named.as("sums"),
            Materialized.<String, GenericRecord, WindowStore<Bytes, byte[]>>as("sales-store")
                .withKeySerde(Serdes.String())
                .withValueSerde(PartStreams.serde(output))
                .withCachingDisabled())
        .toStream()
        .map(ByHand::closed, Named.as("closed"))
        .to(written, Produced.with(Serdes.String(), wire()));
    return builder.build();
  }

  private KStream<String, GenericRecord> read(StreamsBuilder builder) {
    return builder.stream(Orders.TOPIC, Consumed.with(Serdes.String(), wire()))
        .filter((_, value) -> value != null, Named.as("placed"));
  }

  private static List<KeyValue<String, GenericRecord>> lines(GenericRecord placed) {
    return ((List<?>) placed.get("lines"))
        .stream()
            .map(GenericRecord.class::cast)
            .map(line -> KeyValue.pair(line.get("sku").toString(), line))
            .toList();
  }

  private GenericRecord nothing() {
    var sums = new GenericData.Record(output);
    sums.put("key", "");
    sums.put("windowStart", 0L);
    sums.put("windowEnd", 0L);
    sums.put("orders", 0L);
    sums.put("pieces", 0L);
    sums.put("amount", bytes(BigDecimal.ZERO.setScale(SCALE)));
    return sums;
  }

  private static GenericRecord add(String sku, GenericRecord line, GenericRecord sums) {
    int quantity = (Integer) line.get("quantity");
    BigDecimal amount = decimal(line.get("unitPrice")).multiply(BigDecimal.valueOf(quantity));
    sums.put("key", sku);
    sums.put("orders", (Long) sums.get("orders") + 1);
    sums.put("pieces", (Long) sums.get("pieces") + quantity);
    sums.put("amount", bytes(decimal(sums.get("amount")).add(amount)));
    return sums;
  }

  private static KeyValue<String, GenericRecord> closed(
      Windowed<String> window, GenericRecord sums) {
    sums.put("windowStart", window.window().start());
    sums.put("windowEnd", window.window().end());
    return KeyValue.pair(window.key(), sums);
  }

  private static BigDecimal decimal(Object value) {
    ByteBuffer bytes = ((ByteBuffer) value).duplicate();
    byte[] unscaled = new byte[bytes.remaining()];
    bytes.get(unscaled);
    return new BigDecimal(new BigInteger(unscaled), SCALE);
  }

  private static ByteBuffer bytes(BigDecimal value) {
    return ByteBuffer.wrap(value.unscaledValue().toByteArray());
  }

  private Serde<GenericRecord> wire() {
    var wire = new Wire(registry, List.of(order));
    return Serdes.serdeFrom(
        (_, value) -> wire.write(topic + "-" + value.getSchema().getFullName(), value),
        (_, bytes) -> read(wire, bytes));
  }

  // Kafka Streams takes null for a record that is to be passed over.
  @SuppressWarnings("NullAway")
  private static GenericRecord read(Wire wire, byte[] bytes) {
    try {
      return wire.read(bytes);
    } catch (Wire.OtherTypeException _) {
      return null;
    } catch (Wire.UnreadableException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
