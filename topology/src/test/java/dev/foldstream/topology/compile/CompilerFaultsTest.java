package dev.foldstream.topology.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.document.TopologyReader;
import dev.foldstream.topology.samples.Commerce;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What an author is told of names, types and what cannot be. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CompilerFaultsTest {

  private static List<Fault> faults(String sources, String steps, String sinks) {
    String text =
        """
        foldstream: topology/1
        name: tried
        sources:
        %s
        steps:
        %s
        sinks:
        %s
        """
            .formatted(sources.indent(2), steps.indent(2), sinks.indent(2));
    var document = new TopologyReader().read(text, "application/yaml").orThrow();
    return switch (new TopologyCompiler().compile(document, Commerce.catalog())) {
      case Result.Good<Compiled> _ -> List.of();
      case Result.Faulty<Compiled>(var faults) -> faults;
    };
  }

  /** Of one step {@code s} over placed orders. */
  private static List<Fault> step(String step) {
    return faults(
        "orders: {aggregate: commerce.order, events: [OrderPlaced]}",
        "s: " + step,
        "out: {from: s, topic: t}");
  }

  private static void one(
      List<Fault> faults, String pointer, @Nullable Integer column, String message, String hint) {
    assertThat(faults)
        .as(faults.toString())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.pointer()).isEqualTo(pointer);
              assertThat(fault.column()).isEqualTo(column);
              assertThat(fault.message()).contains(message);
              assertThat(String.valueOf(fault.hint())).contains(hint);
              assertThat(fault.line()).isNotNull();
            });
  }

  @Test
  void a_name_that_stands_for_nothing() {
    one(step("{from: order, filter: 'true'}"), "/steps/s/from", null, "no source", "orders?");
    one(
        faults(
            "orders: {aggregate: commerce.ordr}",
            "s: {from: orders, filter: 'true'}",
            "out: {from: s, topic: t}"),
        "/sources/orders/aggregate",
        null,
        "there is no aggregate commerce.ordr",
        "did you mean commerce.order?");
  }

  @Test
  void a_circle() {
    var found =
        faults(
            "orders: {aggregate: commerce.order}",
            "a: {from: b, filter: 'true'}\nb: {from: a, filter: 'true'}",
            "out: {from: b, topic: t}");
    assertThat(found)
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("a -> b -> a"));
  }

  @Test
  void a_field_that_is_not_there_with_its_column() {
    one(
        step("{from: orders, filter: 'event.totl > 5'}"),
        "/steps/s/filter",
        6,
        "undefined field 'totl'",
        "did you mean total?");
  }

  @Test
  void money_never_becomes_a_double() {
    one(
        step("{from: orders, filter: 'event.total > 5.5'}"),
        "/steps/s/filter",
        13,
        "_>_",
        "decimal(\"1.50\")");
    one(
        step("{from: orders, map: {share: 'event.total / 3'}}"),
        "/steps/s/map/share",
        13,
        "_/_",
        "divide(a, b, 2)");
    assertThat(step("{from: orders, map: {half: 'divide(event.total, 2, 2)'}}")).isEmpty();
  }

  @Test
  void an_optional_field_is_asked_with_has() {
    var source = "o: {aggregate: commerce.order, events: [OrderDelivered]}";
    one(
        faults(
            source, "s: {from: o, filter: 'event.receivedBy == null'}", "out: {from: s, topic: t}"),
        "/steps/s/filter",
        18,
        "_==_",
        "has(event.field)");
    assertThat(
            faults(
                source,
                "s: {from: o, filter: 'has(event.receivedBy)'}",
                "out: {from: s, topic: t}"))
        .isEmpty();
  }

  @Test
  void a_key_is_a_text_and_a_condition_a_condition() {
    one(step("{from: orders, rekey: event.total}"), "/steps/s/rekey", 1, "string", "string(...)");
    one(step("{from: orders, filter: event.total}"), "/steps/s/filter", 1, "bool", "compare");
  }

  @Test
  void a_decimal_whose_digits_cannot_be_told_is_to_be_rounded() {
    one(
        step("{from: orders, map: {a: 'decimal(event.currency)'}}"),
        "/steps/s/map/a",
        1,
        "digits",
        "round");
  }

  @Test
  void a_pattern_that_is_none_is_found_before_the_first_record() {
    one(
        step("{from: orders, filter: 'event.currency.matches(\"(\")'}"),
        "/steps/s/filter",
        24,
        "regular expression",
        "");
  }

  @Test
  void after_an_aggregate_there_are_no_attributes_of_single_events() {
    var found =
        faults(
            "orders: {aggregate: commerce.order}",
            "a: {from: orders, aggregate: {n: count}}\ns: {from: a, map: {id: ce.id}}",
            "out: {from: s, topic: t}");
    one(found, "/steps/s/map/id", 1, "ce", "no single event");
  }

  @Test
  void two_streams_are_joined_within_a_time() {
    one(
        faults(
            "a: {aggregate: commerce.order}\nb: {aggregate: commerce.account}",
            "s: {from: a, join: b, fields: {k: key}}",
            "out: {from: s, topic: t}"),
        "/steps/s/join",
        null,
        "both are streams",
        "within: 5m");
  }

  @Test
  void the_topics_of_the_event_store_are_not_written() {
    one(
        faults(
            "orders: {aggregate: commerce.order}",
            "s: {from: orders, filter: 'true'}",
            "out: {from: s, topic: commerce.order.events}"),
        "/sinks/out/topic",
        null,
        "event store",
        "another form");
  }

  @Test
  void a_branch_is_named_with_its_step() {
    one(
        faults(
            "orders: {aggregate: commerce.order, events: [OrderPlaced]}",
            "s: {from: orders, branch: {large: event.total > 5}}",
            "out: {from: s, topic: t}"),
        "/sinks/out/from",
        null,
        "has branches",
        "s.large");
  }

  private static List<Fault> view(String fields, String sink) {
    return faults(
        "orders: {aggregate: commerce.order, events: [OrderPlaced]}",
        "s: {from: orders, map: {%s}}".formatted(fields),
        "out: {from: s, %s}".formatted(sink));
  }

  @Test
  void a_view_that_somebody_makes_already_or_whose_name_is_too_long() {
    one(
        view("a: key", "view: customer-orders"),
        "/sinks/out/view",
        null,
        "there is a view customer-orders already, made by a domain",
        "another name");
    one(
        view("a: key", "view: " + "v".repeat(50)),
        "/sinks/out/view",
        null,
        "at most 40 characters",
        "shorter name");
  }

  @Test
  void rows_that_are_no_columns() {
    one(
        view("rowKey: key", "view: rows"),
        "/sinks/out/from",
        null,
        "rowKey would be the column row_key",
        "with map");
    one(
        view("placedAt: ce.time, placed_at: ce.time", "view: rows"),
        "/sinks/out/from",
        null,
        "placedAt and placed_at would be one column",
        "with map");
    one(
        view("bytes: bytes(key)", "view: rows"),
        "/sinks/out/from",
        null,
        "bytes that are no decimal",
        "with map");
    one(
        view("sku: key", "view: rows, indexes: [skuu]"),
        "/sinks/out/indexes/0",
        null,
        "the rows have no field skuu",
        "did you mean sku?");
    assertThat(view("sku: key, total: event.total, lines: event.lines", "view: rows")).isEmpty();
  }
}
