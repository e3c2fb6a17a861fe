package dev.foldstream.topology.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.build.Wire;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.compile.TopologyCompiler;
import dev.foldstream.topology.document.TopologyReader;
import dev.foldstream.topology.samples.Commerce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A preview stays within its bounds, and leaves the registry as it was. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PreviewTest {

  private static final String COUNTS =
      """
      foldstream: topology/1
      name: counts
      sources:
        orders: {aggregate: commerce.order, events: [OrderConfirmed]}
      steps:
        counts: {from: orders, by: event.customerId, aggregate: {n: count}}
      sinks:
        out: {from: counts, topic: counts}
      """;

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final Schema confirmed =
      Commerce.catalog().topic(Commerce.ORDERS).orElseThrow().records().get(1);

  private static Compiled compiled() {
    var document = new TopologyReader().read(COUNTS, "application/yaml").orThrow();
    return new TopologyCompiler().compile(document, Commerce.catalog()).orThrow();
  }

  private List<PreviewRecord> records(int count) {
    registry.register("orders", confirmed);
    var wire = new Wire(registry, List.of());
    var records = new ArrayList<PreviewRecord>();
    for (int i = 0; i < count; i++) {
      var order = new GenericData.Record(confirmed);
      order.put("customerId", "c-" + i % 3);
      records.add(
          new PreviewRecord(
              new RecordPointer(Commerce.ORDERS, 2, 100L + i),
              1_000L * i,
              "o-" + i,
              wire.write("orders", order),
              List.of()));
    }
    return records;
  }

  private PreviewReport run(List<PreviewRecord> records, PreviewBounds bounds) {
    return new Preview(registry, (_, _) -> Optional.empty()).run(compiled(), records, bounds);
  }

  @Test
  void outputs_counts_and_stores_are_told() {
    var report = run(records(6), PreviewBounds.DEFAULT);
    assertThat(report.complete()).isTrue();
    assertThat(report.outputs().get("out")).hasSize(6);
    assertThat(report.steps().get("counts")).isEqualTo(new PreviewReport.Counts(6, 6, Map.of(), 0));
    assertThat(report.stores().get("counts-store"))
        .containsExactly(
            new PreviewReport.StoreRow("c-0", "{n=2}"),
            new PreviewReport.StoreRow("c-1", "{n=2}"),
            new PreviewReport.StoreRow("c-2", "{n=2}"));
    assertThat(registry.versions("counts-topology.counts.Counts")).isEmpty();
  }

  @Test
  void it_is_bounded_in_records_outputs_and_time() {
    var few = run(records(10), new PreviewBounds(4, Duration.ofMinutes(1), 2, 10));
    assertThat(few.taken()).isEqualTo(4);
    assertThat(few.complete()).isFalse();
    assertThat(few.outputs().get("out")).hasSize(2);
    var none = run(records(10), new PreviewBounds(10, Duration.ZERO, 2, 10));
    assertThat(none.complete()).isFalse();
  }

  @Test
  void bytes_that_cannot_be_read_are_set_aside_with_their_place() {
    var place = new RecordPointer(Commerce.ORDERS, 4, 7);
    var broken = new PreviewRecord(place, 0, "o-1", new byte[] {0, 0, 0, 9, 9, 1}, List.of());
    var report = run(List.of(broken), PreviewBounds.DEFAULT);
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.record()).isEqualTo(place);
              assertThat(failure.step()).isEqualTo("orders");
              assertThat(failure.cause()).contains("no schema with id");
            });
  }
}
