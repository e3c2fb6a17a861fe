package dev.foldstream.topology.parts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.plan.ChangeClass;
import dev.foldstream.topology.samples.Commerce;
import dev.foldstream.topology.spec.SpecRecord;
import dev.foldstream.topology.spec.TopologySpec;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.kstream.Named;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A topology in Java is planned, drawn and run like a document. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TopologyPartTest {

  private static final Schema SEEN =
      SchemaBuilder.record("Seen").namespace("parts").fields().requiredString("reason").endRecord();

  /** Writes the reasons of cancellations. */
  private record Reasons(String topic, int revision) implements TopologyPart {

    @Override
    public String name() {
      return "reasons";
    }

    @Override
    public String description() {
      return "Why orders are cancelled.";
    }

    @Override
    public Set<String> reads() {
      return Set.of(topic);
    }

    @Override
    public Map<String, Set<Schema>> writes() {
      return Map.of("reasons", Set.of(SEEN));
    }

    @Override
    public void addTo(PartBuilder builder) {
      var seen =
          builder
              .read("orders", topic)
              .filter(
                  (key, order) -> order.getSchema().getName().equals("OrderCancelled"),
                  Named.as("cancelled"))
              .mapValues(Reasons::reason, Named.as("reason"));
      builder.write("out", "reasons", seen);
    }

    private static GenericRecord reason(GenericRecord order) {
      var seen = new GenericData.Record(SEEN);
      seen.put("reason", order.get("reason").toString());
      return seen;
    }
  }

  @Test
  void it_is_drawn_with_its_nodes_and_run_on_records() {
    var compiled =
        PartCompiler.compile(new Reasons(Commerce.ORDERS, 1), Commerce.catalog()).orThrow();
    assertThat(compiled.steps())
        .extracting(node -> node.id())
        .containsExactlyInAnyOrder("orders", "cancelled", "reason", "out");
    assertThat(compiled.plan().outputs()).hasSize(1);
    TopologySpec.of(compiled, Commerce.catalog())
        .given(
            SpecRecord.given(
                Commerce.ORDERS,
                "OrderCancelled",
                "o-1",
                Instant.EPOCH,
                "{\"customerId\": \"c-1\", \"reason\": \"too dear\"}"),
            SpecRecord.given(
                Commerce.ORDERS,
                "OrderConfirmed",
                "o-1",
                Instant.EPOCH,
                "{\"customerId\": \"c-1\"}"))
        .then(SpecRecord.expected("out", "o-1", "{\"reason\": \"too dear\"}"));
  }

  @Test
  void a_topic_that_is_not_there_is_told() {
    var result = PartCompiler.compile(new Reasons("commerce.ordr.events", 1), Commerce.catalog());
    assertThat(result).isInstanceOf(Result.Faulty.class);
  }

  @Test
  void a_raised_revision_wants_new_state() {
    var one = PartCompiler.compile(new Reasons(Commerce.ORDERS, 1), Commerce.catalog()).orThrow();
    var two = PartCompiler.compile(new Reasons(Commerce.ORDERS, 2), Commerce.catalog()).orThrow();
    assertThat(ChangeClass.between(one.fingerprint(), two.fingerprint()).changeClass())
        .isEqualTo(ChangeClass.NEW_STATE);
  }
}
