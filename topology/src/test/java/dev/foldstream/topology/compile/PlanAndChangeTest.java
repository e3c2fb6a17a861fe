package dev.foldstream.topology.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.foldstream.topology.document.TopologyReader;
import dev.foldstream.topology.plan.ChangeClass;
import dev.foldstream.topology.plan.Plan.PlannedTopic;
import dev.foldstream.topology.plan.Plan.TopicKind;
import dev.foldstream.topology.samples.Commerce;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a topology needs, and what a change of it means. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanAndChangeTest {

  private static final String SALES =
      """
      foldstream: topology/1
      name: sales
      sources:
        orders: {aggregate: commerce.order, events: [OrderPlaced]}
      steps:
        large: {from: orders, filter: event.total > 100}
        sums:
          from: large
          by: event.customerId
          window: {tumbling: 1m}
          aggregate: {n: count, total: {sum: event.total}}
        shown: {from: sums, map: {customer: key, total: event.total}}
      sinks:
        out: {from: shown, topic: sales}
      """;

  private static final String VIEW =
      SALES
          .replace("topic: sales}", "view: sales}")
          .replace("{customer: key,", "{windowStart: event.windowStart, customer: key,");

  private static Compiled compiled(String text) {
    var document = new TopologyReader().read(text, "application/yaml").orThrow();
    return new TopologyCompiler().compile(document, Commerce.catalog()).orThrow();
  }

  private static ChangeClass change(String old, String next) {
    return ChangeClass.between(compiled(old).fingerprint(), compiled(next).fingerprint())
        .changeClass();
  }

  @Test
  void the_plan_names_topics_stores_and_what_it_costs() {
    var plan = compiled(SALES).plan();
    assertThat(plan.topics())
        .extracting(PlannedTopic::name, PlannedTopic::kind, PlannedTopic::partitions)
        .containsExactly(
            tuple(Commerce.ORDERS, TopicKind.SOURCE, 6),
            tuple("sales", TopicKind.OUTPUT, 6),
            tuple("sums-repartition", TopicKind.REPARTITION, 6),
            tuple("sums-store-changelog", TopicKind.CHANGELOG, 6));
    assertThat(plan.subTopologies()).isEqualTo(2);
    assertThat(plan.tasks()).isEqualTo(12);
    assertThat(plan.stores())
        .singleElement()
        .satisfies(
            store -> {
              assertThat(store.step()).isEqualTo("sums");
              assertThat(store.retentionMillis()).isEqualTo(60_000);
            });
    assertThat(plan.outputs().getFirst().schemas()).containsOnlyKeys("sales-topology.sales.Shown");
  }

  @Test
  void each_node_of_kafka_streams_belongs_to_a_step() {
    var steps = compiled(SALES).steps();
    assertThat(steps)
        .extracting(node -> node.id())
        .containsExactly("orders", "large", "sums", "shown", "out");
    assertThat(steps).allSatisfy(node -> assertThat(node.processors()).isNotEmpty());
  }

  @Test
  void what_differs_before_no_store_and_behind_it_is_changed_in_place() {
    assertThat(change(SALES, SALES)).isEqualTo(ChangeClass.NONE);
    assertThat(change(SALES, SALES + "# a remark\n")).isEqualTo(ChangeClass.NONE);
    assertThat(change(SALES, SALES.replace("{customer: key,", "{customer: key + '!',")))
        .isEqualTo(ChangeClass.IN_PLACE);
  }

  @Test
  void what_leads_to_a_store_wants_new_state() {
    assertThat(change(SALES, SALES.replace("> 100", "> 200"))).isEqualTo(ChangeClass.NEW_STATE);
    assertThat(change(SALES, SALES.replace("1m", "2m"))).isEqualTo(ChangeClass.NEW_STATE);
  }

  @Test
  void what_readers_would_not_survive_is_refused() {
    assertThat(change(SALES, SALES.replace("topic: sales}", "topic: sales, key: '\"all\"'}")))
        .isEqualTo(ChangeClass.REFUSED);
    String other = "shown: {from: sums, map: {customer: key, total: string(event.total)}}";
    String shown = "shown: {from: sums, map: {customer: key, total: event.total}}";
    assertThat(change(SALES, SALES.replace(shown, other))).isEqualTo(ChangeClass.REFUSED);
  }

  @Test
  void rows_of_another_shape_or_key_are_made_anew_and_refused_to_nobody() {
    assertThat(change(VIEW, VIEW.replace("> 100", "> 100 && true")))
        .isEqualTo(ChangeClass.NEW_STATE);
    assertThat(change(VIEW, VIEW.replace("total: event.total}}", "total: string(event.total)}}")))
        .isEqualTo(ChangeClass.NEW_STATE);
    assertThat(change(VIEW, VIEW.replace("view: sales}", "view: sales, key: event.customer}")))
        .isEqualTo(ChangeClass.NEW_STATE);
    assertThat(change(VIEW, VIEW + "  rows: {from: shown, view: more}\n"))
        .isEqualTo(ChangeClass.NEW_STATE);
    assertThat(change(VIEW, VIEW.replace("customer: key,", "customer: key + '!',")))
        .isEqualTo(ChangeClass.IN_PLACE);
  }

  @Test
  void each_shape_of_rows_has_a_subject_of_its_own() {
    var one = compiled(VIEW).plan().outputs().getFirst();
    var other =
        compiled(VIEW.replace("total: event.total}}", "sum: event.total}}"))
            .plan()
            .outputs()
            .getFirst();
    assertThat(one.kind()).isEqualTo(TopicKind.VIEW_ROWS);
    assertThat(one.name()).isEqualTo("foldstream.views.sales.sales").isEqualTo(other.name());
    assertThat(one.schemas().keySet())
        .doesNotContainAnyElementsOf(other.schemas().keySet())
        .allMatch(
            subject -> subject.startsWith("foldstream.views.sales.sales-topology.sales.Shown."));
  }
}
