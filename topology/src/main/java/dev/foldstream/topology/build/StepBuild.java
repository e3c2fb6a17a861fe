package dev.foldstream.topology.build;

import dev.foldstream.topology.build.Bodies.Branched;
import dev.foldstream.topology.build.Bodies.Made;
import dev.foldstream.topology.document.Pointers;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.validation.CheckedStep;
import dev.foldstream.topology.validation.Flow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Steps as nodes of Kafka Streams. */
final class StepBuild {

  private final String topology;
  private final Streams streams;
  private final Surroundings surroundings;

  StepBuild(String topology, Streams streams, Surroundings surroundings) {
    this.topology = topology;
    this.streams = streams;
    this.surroundings = surroundings;
  }

  void add(CheckedStep checked) {
    String id = checked.id();
    switch (checked.step()) {
      case Step.Filter filter ->
          keeping(
              checked,
              streams.get(filter.from()),
              () -> Bodies.filter(checked.role(CheckedStep.WHERE), checked.input().table()));
      case Step.Mapping mapping ->
          keeping(
              checked,
              streams.get(mapping.from()),
              () -> Bodies.map(made(checked, mapping.fields())));
      case Step.FlatMap flatMap ->
          keeping(
              checked,
              streams.records(flatMap.from()),
              () ->
                  Bodies.flatMap(
                      checked.role(CheckedStep.EACH),
                      flatMap.as(),
                      made(checked, flatMap.fields())));
      case Step.Rekey rekey ->
          streams.put(
              id,
              moving(
                  settings(checked, true, true),
                  id,
                  streams.records(rekey.from()),
                  () -> Bodies.rekey(checked.role(CheckedStep.KEY))),
              checked.output());
      case Step.Branch branch -> branch(checked, branch);
      case Step.Merge merge -> merge(checked, merge);
      case Step.Aggregate aggregate ->
          new AggregateBuild(streams, surroundings).add(checked, aggregate);
      case Step.Join join -> new JoinBuild(streams, surroundings).add(checked, join);
      case Step.Deduplicate deduplicate -> deduplicate(checked, deduplicate);
      case Step.Enrich enrich -> enrich(checked, enrich);
      case Step.Detect detect -> detect(checked, detect);
      case Step.Alert alert -> alert(checked, alert);
    }
  }

  private StepRun.Settings settings(CheckedStep checked, boolean in, boolean out) {
    return settings(surroundings, checked, in, out);
  }

  static StepRun.Settings settings(
      Surroundings surroundings, CheckedStep checked, boolean in, boolean out) {
    return new StepRun.Settings(
        checked.id(), Pointers.of("steps", checked.id()), surroundings.probe(), in, out);
  }

  static Made made(CheckedStep checked, Step.Fields fields) {
    return new Made(checked.output().records().getFirst(), fields.keepAll(), checked.fields());
  }

  static <V, R> KStream<String, R> keep(
      StepRun.Settings settings,
      String name,
      KStream<String, V> from,
      Supplier<StepRun.Body<V, R>> body,
      String... stores) {
    return from.processValues(
        () -> new KeepingStep<>(new StepRun<>(settings, body.get())), Named.as(name), stores);
  }

  static <V, R> KStream<String, R> moving(
      StepRun.Settings settings,
      String name,
      KStream<String, V> from,
      Supplier<StepRun.Body<V, R>> body) {
    return from.process(
        () -> new MovingStep<>(new StepRun<>(settings, body.get())), Named.as(name));
  }

  private void keeping(
      CheckedStep checked,
      KStream<String, GenericRecord> from,
      Supplier<StepRun.Body<GenericRecord, GenericRecord>> body,
      String... stores) {
    streams.put(
        checked.id(),
        keep(settings(checked, true, true), checked.id(), from, body, stores),
        checked.output());
  }

  private void branch(CheckedStep checked, Step.Branch branch) {
    String id = checked.id();
    var names = new ArrayList<>(branch.branches().keySet());
    if (branch.otherwise() != null) {
      names.add(branch.otherwise());
    }
    var conditions = List.copyOf(checked.fields().values());
    KStream<String, Branched> branched =
        keep(
            settings(checked, true, true),
            id,
            streams.records(branch.from()),
            () -> Bodies.branch(conditions, branch.otherwise() != null));
    for (int i = 0; i < names.size(); i++) {
      int number = i;
      String name = id + "-" + names.get(i);
      KStream<String, GenericRecord> one =
          branched
              .filter((_, value) -> value.branch() == number, Named.as(name))
              .mapValues(Branched::record, Named.as(name + "-record"));
      streams.put(id + "." + names.get(i), one, checked.output());
    }
  }

  private void merge(CheckedStep checked, Step.Merge merge) {
    KStream<String, GenericRecord> all = streams.records(merge.inputs().getFirst());
    for (int i = 1; i < merge.inputs().size(); i++) {
      all = all.merge(streams.records(merge.inputs().get(i)), Named.as(checked.id() + "-" + i));
    }
    keeping(checked, all, Bodies::merge);
  }

  private KStream<String, GenericRecord> together(CheckedStep checked, String from) {
    return streams.together(from, checked.id(), checked.input().partitions(), false);
  }

  private void deduplicate(CheckedStep checked, Step.Deduplicate deduplicate) {
    Duration within = deduplicate.within();
    String store = windowStore(checked.id() + "-store", within.multipliedBy(2), within);
    keeping(
        checked,
        together(checked, deduplicate.from()),
        () -> new DeduplicateBody(checked.role(CheckedStep.ID), within.toMillis(), store),
        store);
  }

  /** See {@link RecentState}. */
  private String recentStore(CheckedStep checked, Duration forget) {
    return windowStore(checked.id() + "-recent", forget.multipliedBy(2), forget);
  }

  private String windowStore(String store, Duration kept, Duration window) {
    var supplier =
        streams.inMemory()
            ? Stores.inMemoryWindowStore(store, kept, window, false)
            : Stores.persistentWindowStore(store, kept, window, false);
    StoreBuilder<WindowStore<String, byte[]>> builder =
        Stores.windowStoreBuilder(supplier, Serdes.String(), Serdes.ByteArray());
    streams.builder().addStateStore(builder);
    return store;
  }

  private void enrich(CheckedStep checked, Step.Enrich enrich) {
    Flow found = checked.inputs().get(1);
    if (found.partitions() > 0) {
      new JoinBuild(streams, surroundings).enrich(checked, enrich);
      return;
    }
    String view = streams.view(enrich.with());
    keeping(
        checked,
        streams.records(enrich.from()),
        () ->
            new EnrichBody(
                surroundings.views(),
                view,
                checked.role(CheckedStep.KEY),
                enrich.dropMissing(),
                made(checked, enrich.fields())));
  }

  private void detect(CheckedStep checked, Step.Detect detect) {
    String store = recentStore(checked, detect.forget());
    var values = List.copyOf(checked.fields().values());
    var schema = checked.output().records().getFirst();
    keeping(
        checked,
        together(checked, detect.from()),
        () -> new DetectBody(detect, values, schema, store),
        store);
  }

  private void alert(CheckedStep checked, Step.Alert alert) {
    String store = recentStore(checked, alert.forget());
    keeping(
        checked,
        together(checked, alert.from()),
        () -> new AlertBody(topology, checked, alert, surroundings.webhooks(), store),
        store);
  }
}
