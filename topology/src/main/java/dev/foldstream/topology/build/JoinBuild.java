package dev.foldstream.topology.build;

import dev.foldstream.topology.build.Bodies.Pair;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.document.Step.JoinKind;
import dev.foldstream.topology.expressions.EvaluationException;
import dev.foldstream.topology.expressions.Expression;
import dev.foldstream.topology.expressions.Frame;
import dev.foldstream.topology.expressions.Scope;
import dev.foldstream.topology.validation.CheckedStep;
import dev.foldstream.topology.validation.Flow;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.TableJoined;
import org.apache.kafka.streams.kstream.ValueJoiner;
import org.jspecify.annotations.Nullable;

/** Joins by the DSL; what was found together becomes a record in a node after it. */
final class JoinBuild {

  private final Streams streams;
  private final Surroundings surroundings;

  JoinBuild(Streams streams, Surroundings surroundings) {
    this.streams = streams;
    this.surroundings = surroundings;
  }

  void add(CheckedStep checked, Step.Join join) {
    Flow left = checked.inputs().get(0);
    Flow right = checked.inputs().get(1);
    KStream<String, Pair> pairs;
    if (left.table()) {
      pairs = tables(checked, join).toStream(Named.as(checked.id() + "-changes"));
    } else if (right.table()) {
      var stream = streams.together(join.from(), checked.id(), right.partitions(), true);
      pairs = streamTable(checked, stream, join.with());
    } else {
      pairs = streams(checked, join);
    }
    boolean inner = join.how() == JoinKind.INNER;
    boolean table = checked.output().table();
    var made = StepBuild.made(checked, join.fields());
    finish(
        checked,
        pairs,
        () ->
            (record, frame, output) -> {
              Pair pair = record.value();
              if (pair == null) {
                output.give(record.withValue(null));
                return;
              }
              if (inner && (pair.left() == null || pair.right() == null)) {
                output.drop(DropReason.NO_MATCH);
                if (table) {
                  output.give(record.withValue(null));
                }
                return;
              }
              pair.into(frame);
              output.give(record.withValue(made.of(frame)));
            });
  }

  private void finish(
      CheckedStep checked,
      KStream<String, Pair> pairs,
      java.util.function.Supplier<StepRun.Body<Pair, GenericRecord>> body) {
    streams.put(
        checked.id(),
        StepBuild.keep(
            StepBuild.settings(surroundings, checked, true, true),
            checked.id() + "-made",
            pairs,
            body),
        checked.output());
  }

  private KStream<String, Pair> streamTable(
      CheckedStep checked, KStream<String, GenericRecord> stream, String table) {
    Joined<String, GenericRecord, GenericRecord> joined =
        Joined.with(
            Serdes.String(),
            AvroSerde.of(checked.input().records()),
            AvroSerde.of(checked.inputs().get(1).records()),
            checked.id());
    ValueJoiner<GenericRecord, GenericRecord, Pair> pair = Pair::new;
    return stream.leftJoin(streams.table(table), pair, joined);
  }

  private KStream<String, Pair> streams(CheckedStep checked, Step.Join join) {
    Flow left = checked.inputs().get(0);
    Flow right = checked.inputs().get(1);
    int partitions = Math.max(left.partitions(), right.partitions());
    var one = streams.together(join.from(), checked.id() + "-left", partitions, true);
    var other = streams.together(join.with(), checked.id() + "-right", partitions, true);
    var windows =
        JoinWindows.ofTimeDifferenceAndGrace(
            Objects.requireNonNull(join.within()),
            Objects.requireNonNullElse(join.grace(), Duration.ZERO));
    StreamJoined<String, GenericRecord, GenericRecord> joined =
        StreamJoined.<String, GenericRecord, GenericRecord>with(streams.stores())
            .withKeySerde(Serdes.String())
            .withValueSerde(AvroSerde.of(left.records()))
            .withOtherValueSerde(AvroSerde.of(right.records()))
            .withName(checked.id())
            .withStoreName(checked.id() + "-store");
    ValueJoiner<GenericRecord, GenericRecord, Pair> pair = Pair::new;
    return switch (join.how()) {
      case INNER -> one.join(other, pair, windows, joined);
      case LEFT -> one.leftJoin(other, pair, windows, joined);
      case OUTER -> one.outerJoin(other, pair, windows, joined);
    };
  }

  private KTable<String, Pair> tables(CheckedStep checked, Step.Join join) {
    KTable<String, GenericRecord> left = streams.table(join.from());
    KTable<String, GenericRecord> right = streams.table(join.with());
    ValueJoiner<GenericRecord, GenericRecord, Pair> pair = Pair::new;
    var named = Named.as(checked.id());
    if (join.on() != null) {
      BiFunction<String, GenericRecord, @Nullable String> key =
          foreignKey(checked, checked.role(CheckedStep.KEY));
      TableJoined<String, String> joined = TableJoined.as(checked.id());
      return join.how() == JoinKind.INNER
          ? left.join(right, key, pair, joined)
          : left.leftJoin(right, key, pair, joined);
    }
    return switch (join.how()) {
      case INNER -> left.join(right, pair, named);
      case LEFT -> left.leftJoin(right, pair, named);
      case OUTER -> left.outerJoin(right, pair, named);
    };
  }

  /** A key that cannot be told joins nothing, and the record is told to the probe. */
  private BiFunction<String, GenericRecord, @Nullable String> foreignKey(
      CheckedStep checked, Expression on) {
    var frames = ThreadLocal.withInitial(Frame::new);
    return (key, left) -> {
      var frame = frames.get().record(key, null, new RecordHeaders(), 0);
      frame.set(Scope.LEFT, left);
      try {
        return on.string(frame);
      } catch (EvaluationException fault) {
        surroundings
            .probe()
            .failed(
                CurrentRecord.failure(
                    key,
                    checked.id(),
                    on.pointer(),
                    on.text(),
                    String.valueOf(fault.getMessage())));
        return null;
      }
    };
  }

  /** Enriching from a table: the record goes to where the row is. */
  void enrich(CheckedStep checked, Step.Enrich enrich) {
    String id = checked.id();
    Flow found = checked.inputs().get(1);
    KStream<String, GenericRecord> moved =
        StepBuild.moving(
            StepBuild.settings(surroundings, checked, true, false),
            id + "-key",
            streams.records(enrich.from()),
            () -> Bodies.rekey(checked.role(CheckedStep.KEY)));
    var there = Streams.repartitioned(moved, id, checked.input(), found.partitions());
    var made = StepBuild.made(checked, enrich.fields());
    var pairs = streamTable(checked, there, enrich.with());
    streams.put(
        id,
        StepBuild.keep(
            StepBuild.settings(surroundings, checked, false, true),
            id + "-made",
            pairs,
            () ->
                (record, frame, output) -> {
                  Pair pair = record.value();
                  var left = Objects.requireNonNull(pair.left());
                  if (pair.right() == null && enrich.dropMissing()) {
                    output.drop(DropReason.NO_MATCH);
                    return;
                  }
                  frame.record(record.key(), left, record.headers(), record.timestamp());
                  frame.set(Scope.FOUND, pair.right());
                  output.give(record.withValue(made.of(left, frame)));
                }),
        checked.output());
  }
}
