package dev.foldstream.topology.build;

import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import dev.foldstream.topology.expressions.EvaluationException;
import dev.foldstream.topology.expressions.Frame;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One step for one task. A record that the step cannot take is told to the probe and goes no
 * further; the next one is taken. What a step gives on is given on after it has done everything
 * that can fail.
 */
final class StepRun<V, R> {

  /** What a step does with a record. */
  interface Body<V, R> {

    default void open(ProcessingContext context) {}

    void take(Record<String, V> record, Frame frame, Output<R> output);
  }

  /** Where a step puts what it makes of a record. */
  interface Output<R> {

    void give(Record<String, R> record);

    void drop(DropReason reason);
  }

  /**
   * A step, or a part of one.
   *
   * @param pointer told when something other than an expression fails
   * @param in whether it counts what comes in
   * @param out whether it counts what goes out
   */
  record Settings(String id, String pointer, Probe probe, boolean in, boolean out) {}

  private final Settings settings;
  private final Body<V, R> body;
  private final StepCounts counts;
  private final Frame frame = new Frame();
  private final List<Record<String, R>> given = new ArrayList<>();
  private @Nullable DropReason dropped;

  private final Output<R> output =
      new Output<>() {
        @Override
        public void give(Record<String, R> record) {
          given.add(record);
        }

        @Override
        public void drop(DropReason reason) {
          dropped = reason;
        }
      };

  StepRun(Settings settings, Body<V, R> body) {
    this.settings = settings;
    this.body = body;
    this.counts = settings.probe().step(settings.id());
  }

  void open(ProcessingContext context) {
    body.open(context);
  }

  /** What the step makes of the record; none when it failed. */
  List<Record<String, R>> take(Record<String, V> record) {
    given.clear();
    dropped = null;
    if (settings.in()) {
      counts.in();
    }
    try {
      GenericRecord event = record.value() instanceof GenericRecord one ? one : null;
      frame.record(record.key(), event, record.headers(), record.timestamp());
      body.take(record, frame, output);
    } catch (KafkaException | SchemaRegistryUnavailableException away) {
      // It says nothing about the record.
      throw away;
    } catch (EvaluationException fault) {
      var expression = fault.expression();
      failed(record, expression.pointer(), expression.text(), String.valueOf(fault.getMessage()));
      given.clear();
      return given;
    } catch (RuntimeException fault) {
      failed(record, settings.pointer(), null, fault.toString());
      given.clear();
      return given;
    }
    if (dropped != null) {
      counts.dropped(dropped, Marks.at(record.headers()));
    }
    if (settings.out()) {
      for (int i = 0; i < given.size(); i++) {
        counts.out();
      }
    }
    return given;
  }

  private void failed(
      Record<String, V> record, String pointer, @Nullable String expression, String cause) {
    settings
        .probe()
        .failed(
            new StepFailure(
                Marks.at(record.headers()),
                record.key(),
                settings.id(),
                pointer,
                expression,
                cause,
                Marks.redrives(record.headers())));
  }
}
