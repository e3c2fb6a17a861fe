package dev.foldstream.topology.spec;

import static dev.foldstream.topology.spec.SpecRecord.expected;
import static dev.foldstream.topology.spec.SpecRecord.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.topology.build.DropReason;
import dev.foldstream.topology.samples.Commerce;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A specification that is wrong in content, order or count fails; and what topologies make. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TopologySpecTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static SpecRecord cancelled(String key, String reason) {
    return given(
        Commerce.ORDERS,
        "OrderCancelled",
        key,
        NOON,
        "{\"customerId\": \"c-1\", \"reason\": \"%s\"}".formatted(reason));
  }

  private static SpecRecord deposited(String key, int minute, String amount) {
    return given(
        Commerce.ACCOUNTS,
        "MoneyDeposited",
        key,
        NOON.plus(Duration.ofMinutes(minute)),
        "{\"amount\": \"%s\", \"currency\": \"EUR\"}".formatted(amount));
  }

  private static TopologySpec spec(String sources, String steps, String from) {
    return TopologySpec.of(
        """
        foldstream: topology/1
        name: tried
        sources:
        %s
        steps:
        %s
        sinks:
          out: {from: %s, topic: tried}
        """
            .formatted(sources.indent(2), steps.indent(2), from),
        Commerce.catalog());
  }

  private static TopologySpec.Outcome reasons() {
    return spec(
            "orders: {aggregate: commerce.order, events: [OrderCancelled]}",
            "s: {from: orders, map: {reason: event.reason}}",
            "s")
        .given(cancelled("o-1", "a"), cancelled("o-2", "b"));
  }

  private static void fails(SpecRecord... wrong) {
    var outcome = reasons();
    assertThatThrownBy(() -> outcome.then(wrong)).isInstanceOf(AssertionError.class);
  }

  @Test
  void then_means_exactly_these_records_in_this_order() {
    var a = expected("out", "o-1", "{\"reason\": \"a\"}");
    var b = expected("out", "o-2", "{\"reason\": \"b\"}");
    assertThat(reasons().then(a, b).report().complete()).isTrue();
    fails(a);
    fails(b, a);
    fails(a, b, b);
    fails(a, expected("out", "o-2", "{\"reason\": \"c\"}"));
    fails(a, expected("out", "o-3", "{\"reason\": \"b\"}"));
    fails(a, expected("other", "o-2", "{\"reason\": \"b\"}"));
  }

  @Test
  void a_record_that_was_set_aside_has_to_be_expected() {
    var outcome =
        spec(
                "orders: {aggregate: commerce.order, events: [OrderCancelled]}",
                "s: {from: orders, map: {n: int(event.reason)}}",
                "s")
            .given(cancelled("o-1", "many"), cancelled("o-2", "7"));
    var seven = expected("out", "o-2", "{\"n\": 7}");
    assertThatThrownBy(() -> outcome.then(seven)).hasMessageContaining("set aside");
    var failure = outcome.failing("s", 1).then(seven).report().failures().getFirst();
    assertThat(failure.record()).hasToString(Commerce.ORDERS + ":0:0");
    assertThat(failure.pointer()).isEqualTo("/steps/s/map/n");
    assertThat(failure.expression()).isEqualTo("int(event.reason)");
    assertThat(failure.key()).isEqualTo("o-1");
  }

  @Test
  void a_row_that_no_longer_passes_the_filter_of_a_table_is_taken_away() {
    spec(
            "orders: {aggregate: commerce.order, events: [OrderCancelled], as: table}",
            "s: {from: orders, filter: event.reason == 'a'}\n"
                + "m: {from: s, map: {reason: event.reason}}",
            "m")
        .given(cancelled("o-1", "a"), cancelled("o-1", "b"))
        .dropping("s", DropReason.FILTERED, 1)
        .then(
            expected("out", "o-1", "{\"reason\": \"a\"}"),
            new SpecRecord("out", null, "o-1", null, null));
  }

  @Test
  void a_forest_calls_a_far_point_unusual() {
    var records =
        IntStream.range(0, 80)
            .mapToObj(i -> deposited("c-1", i, "%d.00".formatted(100 + (i * 7) % 11)))
            .toList();
    var all = new java.util.ArrayList<>(records);
    all.add(deposited("c-1", 90, "9000.00"));
    var report =
        spec(
                "deposits: {aggregate: commerce.account, events: [MoneyDeposited]}",
                "s: {from: deposits, detect: event.amount, method: forest, warmUp: 50, threshold:"
                    + " 3, only: unusual}",
                "s")
            .given(all.toArray(SpecRecord[]::new))
            .report();
    var outputs = report.outputs().getOrDefault("out", java.util.List.of());
    assertThat(outputs).hasSize(1);
    assertThat(outputs.getFirst().json()).contains("\"amount\":\"9000.00\"");
  }

  @Test
  void sums_for_ever_make_a_table_that_another_is_joined_with() {
    spec(
            """
            deposits: {aggregate: commerce.account, events: [MoneyDeposited]}
            accounts: {aggregate: commerce.account, events: [AccountOpened], as: table}
            """,
            """
            sums: {from: deposits, aggregate: {paidIn: {sum: event.amount}, most: {max: event.amount}}}
            both: {from: sums, join: accounts, fields: {owner: right.owner, paidIn: left.paidIn, most: left.most}}
            """,
            "both")
        .given(
            given(
                Commerce.ACCOUNTS,
                "AccountOpened",
                "c-1",
                NOON,
                "{\"owner\": \"Ada\", \"email\": \"a@example.org\", \"currency\": \"EUR\"}"),
            deposited("c-1", 1, "10.00"),
            deposited("c-1", 2, "5.50"))
        .then(
            expected(
                "out", "c-1", "{\"owner\": \"Ada\", \"paidIn\": \"10.00\", \"most\": \"10.00\"}"),
            expected(
                "out", "c-1", "{\"owner\": \"Ada\", \"paidIn\": \"15.50\", \"most\": \"10.00\"}"));
  }

  @Test
  void what_is_written_are_cloud_events_of_their_own() {
    var outputs = reasons().report().outputs().getOrDefault("out", java.util.List.of());
    assertThat(outputs.getFirst().headers())
        .containsEntry("ce_id", "tried:out:" + Commerce.ORDERS + ":0:0:1")
        .containsEntry("ce_type", "topology.tried.S")
        .containsEntry("ce_causationid", "given:" + Commerce.ORDERS + ":0")
        .doesNotContainKey("foldstream_at");
  }
}
