package dev.foldstream.topology.spec;

import static dev.foldstream.topology.spec.SpecRecord.expected;
import static dev.foldstream.topology.spec.SpecRecord.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.topology.build.DropReason;
import dev.foldstream.topology.compile.TopologyCompiler;
import dev.foldstream.topology.document.TopologyReader;
import dev.foldstream.topology.plan.Plan;
import dev.foldstream.topology.preview.PreviewReport;
import dev.foldstream.topology.samples.Commerce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of steps that no worked example shows. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StepsTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String DEPOSITS =
      "deposits: {aggregate: commerce.account, events: [MoneyDeposited]}";

  private static SpecRecord deposited(String key, int minute, String amount) {
    return given(
        Commerce.ACCOUNTS,
        "MoneyDeposited",
        key,
        at(minute),
        "{\"amount\": \"%s\", \"currency\": \"EUR\"}".formatted(amount));
  }

  private static SpecRecord opened(String key, int minute) {
    return given(
        Commerce.ACCOUNTS,
        "AccountOpened",
        key,
        at(minute),
        "{\"owner\": \"Ada\", \"email\": \"a@example.org\", \"currency\": \"EUR\"}");
  }

  private static SpecRecord cancelled(String key, int minute, String customer) {
    return given(
        Commerce.ORDERS,
        "OrderCancelled",
        key,
        at(minute),
        "{\"customerId\": \"%s\", \"reason\": \"why\"}".formatted(customer));
  }

  private static Instant at(int minute) {
    return NOON.plus(Duration.ofMinutes(minute));
  }

  private static String text(String sources, String step) {
    return """
    foldstream: topology/1
    name: tried
    sources:
    %s
    steps:
      s: %s
    sinks:
      out: {from: s, topic: tried}
    """
        .formatted(sources.indent(2), step);
  }

  private static TopologySpec spec(String sources, String step) {
    return TopologySpec.of(text(sources, step), Commerce.catalog());
  }

  private static SpecRecord window(String from, String to, int count) {
    return expected(
        "out",
        "c-1",
        "{\"key\": \"c-1\", \"windowStart\": \"2026-01-01T%sZ\", \"windowEnd\": \"2026-01-01T%sZ\", \"n\": %d}"
            .formatted(from, to, count));
  }

  private static List<PreviewReport.Output> outputs(PreviewReport report) {
    return report.outputs().getOrDefault("out", List.of());
  }

  @Test
  void a_record_counts_in_every_hopping_window_that_it_lies_in() {
    spec(DEPOSITS, "{from: deposits, window: {hopping: 2m, every: 1m}, aggregate: {n: count}}")
        .given(deposited("c-1", 0, "1.00"), deposited("c-1", 1, "1.00"))
        .then(
            window("11:59:00", "12:01:00", 1),
            window("12:00:00", "12:02:00", 1),
            window("12:00:00", "12:02:00", 2),
            window("12:01:00", "12:03:00", 1));
  }

  @Test
  void sliding_windows_hold_what_is_no_further_apart() {
    var report =
        spec(DEPOSITS, "{from: deposits, window: {sliding: 1m}, aggregate: {n: count}}")
            .given(
                deposited("c-1", 0, "1.00"),
                deposited("c-1", 1, "1.00"),
                deposited("c-1", 3, "1.00"))
            .report();
    assertThat(outputs(report)).anyMatch(one -> String.valueOf(one.json()).contains("\"n\":2"));
    assertThat(outputs(report)).noneMatch(one -> String.valueOf(one.json()).contains("\"n\":3"));
  }

  @Test
  void a_z_score_calls_what_is_far_from_the_mean_unusual() {
    var records = new ArrayList<SpecRecord>();
    for (int i = 0; i < 25; i++) {
      records.add(deposited("c-1", i, "%d.00".formatted(100 + i % 5)));
    }
    records.add(deposited("c-1", 30, "900.00"));
    var report =
        spec(DEPOSITS, "{from: deposits, detect: event.amount, method: zscore, only: unusual}")
            .given(records.toArray(SpecRecord[]::new))
            .report();
    assertThat(outputs(report)).hasSize(1);
    assertThat(outputs(report).getFirst().json()).contains("900.00");
  }

  @Test
  void sketches_and_choices_of_an_aggregate_are_near_or_exact() {
    var records = new ArrayList<SpecRecord>();
    for (int i = 0; i < 100; i++) {
      records.add(deposited("c-1", i, "%d.00".formatted(1 + i)));
    }
    var report =
        spec(
                DEPOSITS,
                "{from: deposits, aggregate: {different: {distinct: string(event.amount)}, low: {min: event.amount},"
                    + " high: {max: event.amount}, one: {first: event.amount}, other: {last: event.amount},"
                    + " middle: {percentile: double(event.amount), at: 50}, some: {collect: event.currency, limit: 2}}}")
            .given(records.toArray(SpecRecord[]::new))
            .report();
    assertThat(outputs(report)).hasSize(100);
    assertThat(outputs(report).getLast().json())
        .contains("\"low\":\"1.00\"", "\"high\":\"100.00\"", "\"one\":\"1.00\"")
        .contains("\"other\":\"100.00\"", "[\"EUR\",\"EUR\"]")
        .containsPattern("\"different\":(9[5-9]|10[0-5])[,}]")
        .containsPattern("\"middle\":(4[5-9]|5[0-5])\\.0");
  }

  @ParameterizedTest
  @CsvSource({"inner, 1", "left, 2", "outer, 3"})
  void two_tables_are_joined_by_key(String how, int results) {
    var report =
        spec(
                """
                orders: {aggregate: commerce.order, events: [OrderCancelled], as: table}
                accounts: {aggregate: commerce.account, events: [AccountOpened], as: table}
                """,
                "{from: orders, join: accounts, how: %s, fields: {why: \"has(left.reason) ? left.reason : '-'\", who: \"has(right.owner) ? right.owner : '-'\"}}"
                    .formatted(how))
            .given(opened("x", 0), cancelled("x", 1, "c"), cancelled("y", 2, "c"))
            .report();
    assertThat(outputs(report)).hasSize(results);
    assertThat(outputs(report)).anyMatch(one -> "x".equals(one.key()));
    assertThat(String.valueOf(outputs(report))).contains("\"who\":\"Ada\"");
  }

  @Test
  void a_stream_is_joined_with_a_table_and_what_has_no_match_is_dropped() {
    spec(
            """
            orders: {aggregate: commerce.order, events: [OrderCancelled]}
            accounts: {aggregate: commerce.account, events: [AccountOpened], as: table}
            """,
            "{from: orders, join: accounts, fields: {who: right.owner}}")
        .given(opened("x", 0), cancelled("x", 1, "c"), cancelled("y", 2, "c"))
        .dropping("s", DropReason.NO_MATCH, 1)
        .then(expected("out", "x", "{\"who\": \"Ada\"}"));
  }

  @Test
  void a_table_enriches_by_any_key() {
    spec(
            """
            orders: {aggregate: commerce.order, events: [OrderCancelled]}
            accounts: {aggregate: commerce.account, events: [AccountOpened], as: table}
            """,
            "{from: orders, enrich: accounts, key: event.customerId, missing: drop, keep: none, fields: {why: event.reason, who: found.owner}}")
        .given(opened("c-1", 0), cancelled("o-1", 1, "c-1"), cancelled("o-2", 2, "c-2"))
        .dropping("s", DropReason.NO_MATCH, 1)
        .then(expected("out", "c-1", "{\"why\": \"why\", \"who\": \"Ada\"}"));
  }

  @Test
  void what_was_learned_of_a_key_is_forgotten_when_it_was_not_seen_for_so_long() {
    String step = "{from: deposits, detect: event.amount, warmUp: 2, only: unusual, forget: %s}";
    SpecRecord[] records = {
      deposited("c-1", 0, "100.00"),
      deposited("c-1", 1, "101.00"),
      deposited("c-1", 2, "100.00"),
      deposited("c-1", 3, "101.00"),
      deposited("c-1", 200, "900.00")
    };
    var remembered = spec(DEPOSITS, step.formatted("10d")).given(records).report();
    assertThat(outputs(remembered)).hasSize(1);
    var forgotten = spec(DEPOSITS, step.formatted("1h")).given(records).report();
    assertThat(outputs(forgotten)).isEmpty();
    assertThat(forgotten.stores().get("s-recent")).as("of one stretch only").hasSize(1);
  }

  @Test
  void the_plan_says_how_long_stores_keep_and_too_short_is_refused() {
    assertThat(stores("{from: deposits, detect: event.amount}").getFirst().retentionMillis())
        .isEqualTo(Duration.ofDays(180).toMillis());
    String alert = "{from: deposits, alert: event.amount > 1, coolDown: 2h%s}";
    assertThat(stores(alert.formatted("")).getFirst().retentionMillis())
        .isEqualTo(Duration.ofDays(2).toMillis());
    assertThatThrownBy(() -> stores(alert.formatted(", forget: 1h")))
        .hasMessageContaining("/steps/s/forget");
  }

  private static List<Plan.PlannedStore> stores(String step) {
    var document = new TopologyReader().read(text(DEPOSITS, step), "application/yaml").orThrow();
    return new TopologyCompiler().compile(document, Commerce.catalog()).orThrow().plan().stores();
  }
}
