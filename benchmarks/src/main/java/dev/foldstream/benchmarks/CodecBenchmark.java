package dev.foldstream.benchmarks;

import dev.foldstream.commerce.order.OrderEvent.OrderPlaced;
import dev.foldstream.commerce.order.OrderLine;
import dev.foldstream.schemas.codec.RecordCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.ClassSecurityValidator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * An order with three lines, written and read by the codec and by Avro's specific records, with the
 * same encoder and decoder.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {

  private static final String SPECIFIC_PACKAGE = "commerce.order";

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.DEFAULT,
            type -> type.getPackageName().equals(SPECIFIC_PACKAGE)));
  }

  private final OrderPlaced record =
      new OrderPlaced(
          "customer-4711",
          "EUR",
          List.of(
              new OrderLine("lamp-brass", 2, new BigDecimal("19.90")),
              new OrderLine("bulb-e27", 12, new BigDecimal("3.49")),
              new OrderLine("cable-2m", 1, new BigDecimal("7.00"))),
          new BigDecimal("88.68"));
  private final commerce.order.OrderPlaced specific = specific(record);

  private final RecordCodec<OrderPlaced> codec =
      RecordCodec.of(OrderPlaced.class, commerce.order.OrderPlaced.getClassSchema());
  private final DatumWriter<commerce.order.OrderPlaced> specificWriter =
      new SpecificDatumWriter<>(commerce.order.OrderPlaced.class);
  private final DatumReader<commerce.order.OrderPlaced> specificReader =
      new SpecificDatumReader<>(commerce.order.OrderPlaced.class);

  private final byte[] bytes = codec.encode(record);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
  private final BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
  private final BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);

  @Benchmark
  public int recordWrite() throws IOException {
    out.reset();
    codec.write(record, encoder);
    encoder.flush();
    return out.size();
  }

  @Benchmark
  public int specificWrite() throws IOException {
    out.reset();
    specificWriter.write(specific, encoder);
    encoder.flush();
    return out.size();
  }

  @Benchmark
  public Object recordRead() {
    return codec.read(codec.schema(), DecoderFactory.get().binaryDecoder(bytes, decoder));
  }

  @Benchmark
  @SuppressWarnings("NullAway") // Avro takes null where nothing is to be reused
  public Object specificRead() throws IOException {
    return specificReader.read(null, DecoderFactory.get().binaryDecoder(bytes, decoder));
  }

  private static commerce.order.OrderPlaced specific(OrderPlaced record) {
    var lines =
        record.lines().stream()
            .map(
                line -> new commerce.order.OrderLine(line.sku(), line.quantity(), line.unitPrice()))
            .toList();
    return new commerce.order.OrderPlaced(
        record.customerId(), record.currency(), lines, record.total());
  }
}
