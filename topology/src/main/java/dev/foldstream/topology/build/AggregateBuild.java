package dev.foldstream.topology.build;

import dev.foldstream.topology.aggregation.Aggregation;
import dev.foldstream.topology.aggregation.Aggregation.Accumulation;
import dev.foldstream.topology.document.Pointers;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.document.Window;
import dev.foldstream.topology.validation.CheckedStep;
import dev.foldstream.topology.validation.Flow;
import java.util.List;
import java.util.function.BinaryOperator;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Aggregator;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.SessionWindows;
import org.apache.kafka.streams.kstream.SlidingWindows;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * An aggregate in four parts: the expressions are evaluated, the values are brought together by
 * key, they are added up by the DSL, and the result becomes a record.
 */
final class AggregateBuild {

  private final Streams streams;
  private final Surroundings surroundings;

  AggregateBuild(Streams streams, Surroundings surroundings) {
    this.streams = streams;
    this.surroundings = surroundings;
  }

  void add(CheckedStep checked, Step.Aggregate step) {
    String id = checked.id();
    var schema = checked.output().records().getFirst();
    var aggregation = new Aggregation(step.fields(), checked.fields(), schema);
    KStream<String, GenericRecord> values = values(checked, step, aggregation);
    var grouped =
        values.groupByKey(
            Grouped.<String, GenericRecord>as(id + "-group")
                .withKeySerde(Serdes.String())
                .withValueSerde(AvroSerde.of(List.of(aggregation.inputs()))));
    Aggregator<String, GenericRecord, Accumulation> add =
        (key, value, before) -> added(checked, key, value, before);
    Window window = step.window();
    KStream<String, GenericRecord> results =
        window == null
            ? results(checked, forEver(checked, grouped, aggregation, add))
            : windowResults(checked, windowed(checked, step, window, grouped, aggregation, add));
    streams.put(id, results, checked.output());
  }

  /** The values by the key to group by, together, with those that come too late taken out. */
  private KStream<String, GenericRecord> values(
      CheckedStep checked, Step.Aggregate step, Aggregation aggregation) {
    String id = checked.id();
    boolean moves = step.by() != null;
    var settings = StepBuild.settings(surroundings, checked, true, false);
    KStream<String, GenericRecord> values =
        moves
            ? StepBuild.moving(
                settings,
                id,
                streams.records(step.from()),
                () -> new AggregateBodies.Values(checked, aggregation.inputs()))
            : StepBuild.keep(
                settings,
                id,
                streams.records(step.from()),
                () -> new AggregateBodies.Values(checked, aggregation.inputs()));
    Flow flow = checked.input();
    if (moves || flow.moved() || flow.windowed()) {
      var inputs =
          new Flow(List.of(aggregation.inputs()), false, false, false, 0, false, flow.keyedBy());
      values = Streams.repartitioned(values, id, inputs, flow.partitions());
    }
    return StepBuild.keep(
        StepBuild.settings(surroundings, checked, false, false),
        id + "-time",
        values,
        () -> new AggregateBodies.InTime(step.window()));
  }

  private Accumulation added(
      CheckedStep checked, String key, GenericRecord value, Accumulation before) {
    try {
      return before.add(value, CurrentRecord.time());
    } catch (ArithmeticException fault) {
      surroundings
          .probe()
          .failed(
              CurrentRecord.failure(
                  key,
                  checked.id(),
                  Pointers.of("steps", checked.id(), "aggregate"),
                  null,
                  fault.toString()));
      return before;
    }
  }

  private <S extends org.apache.kafka.streams.processor.StateStore>
      Materialized<String, Accumulation, S> store(CheckedStep checked, Aggregation aggregation) {
    Materialized<String, Accumulation, S> store =
        Materialized.<String, Accumulation, S>as(checked.id() + "-store")
            .withKeySerde(Serdes.String())
            .withValueSerde(aggregation.serde())
            .withStoreType(streams.stores())
            .withCachingDisabled();
    var kept = checked.step() instanceof Step.Aggregate step ? step.kept() : null;
    return kept == null ? store : store.withRetention(kept);
  }

  private KTable<String, Accumulation> forEver(
      CheckedStep checked,
      KGroupedStream<String, GenericRecord> grouped,
      Aggregation aggregation,
      Aggregator<String, GenericRecord, Accumulation> add) {
    return grouped.aggregate(
        aggregation::initial,
        add,
        Named.as(checked.id() + "-aggregate"),
        this.<KeyValueStore<Bytes, byte[]>>store(checked, aggregation));
  }

  private KTable<Windowed<String>, Accumulation> windowed(
      CheckedStep checked,
      Step.Aggregate step,
      Window window,
      KGroupedStream<String, GenericRecord> grouped,
      Aggregation aggregation,
      Aggregator<String, GenericRecord, Accumulation> add) {
    String id = checked.id();
    var named = Named.as(id + "-aggregate");
    var emit =
        step.emit() == Step.Emit.CLOSE
            ? EmitStrategy.onWindowClose()
            : EmitStrategy.onWindowUpdate();
    BinaryOperator<Accumulation> merge = Accumulation::merge;
    return switch (window) {
      case Window.Tumbling(var size, var grace) ->
          grouped
              .windowedBy(TimeWindows.ofSizeAndGrace(size, grace))
              .emitStrategy(emit)
              .aggregate(
                  aggregation::initial,
                  add,
                  named,
                  this.<WindowStore<Bytes, byte[]>>store(checked, aggregation));
      case Window.Hopping(var size, var advance, var grace) ->
          grouped
              .windowedBy(TimeWindows.ofSizeAndGrace(size, grace).advanceBy(advance))
              .emitStrategy(emit)
              .aggregate(
                  aggregation::initial,
                  add,
                  named,
                  this.<WindowStore<Bytes, byte[]>>store(checked, aggregation));
      case Window.Sliding(var difference, var grace) ->
          grouped
              .windowedBy(SlidingWindows.ofTimeDifferenceAndGrace(difference, grace))
              .emitStrategy(emit)
              .aggregate(
                  aggregation::initial,
                  add,
                  named,
                  this.<WindowStore<Bytes, byte[]>>store(checked, aggregation));
      case Window.Session(var gap, var grace) ->
          grouped
              .windowedBy(SessionWindows.ofInactivityGapAndGrace(gap, grace))
              .emitStrategy(emit)
              .aggregate(
                  aggregation::initial,
                  add,
                  (key, one, other) -> merge.apply(one, other),
                  named,
                  this.<SessionStore<Bytes, byte[]>>store(checked, aggregation));
    };
  }

  private KStream<String, GenericRecord> results(
      CheckedStep checked, KTable<String, Accumulation> table) {
    String id = checked.id();
    var schema = checked.output().records().getFirst();
    return StepBuild.keep(
        StepBuild.settings(surroundings, checked, false, true),
        id + "-result",
        table.toStream(Named.as(id + "-changes")),
        () -> new AggregateBodies.Result(schema));
  }

  private KStream<String, GenericRecord> windowResults(
      CheckedStep checked, KTable<Windowed<String>, Accumulation> table) {
    String id = checked.id();
    var schema = checked.output().records().getFirst();
    return table
        .toStream(Named.as(id + "-changes"))
        .process(
            () ->
                new AggregateBodies.WindowResult(
                    schema, StepBuild.settings(surroundings, checked, false, true)),
            Named.as(id + "-result"));
  }
}
