package dev.foldstream.topology.build;

import dev.foldstream.topology.build.StepRun.Output;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.expressions.AvroJson;
import dev.foldstream.topology.expressions.Frame;
import dev.foldstream.topology.validation.CheckedStep;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Counts how often a rule held within a time, and tells of it once in a while. */
final class AlertBody implements StepRun.Body<GenericRecord, GenericRecord> {

  private static final long NEVER = Long.MIN_VALUE;

  private final String topology;
  private final CheckedStep checked;
  private final Step.Alert step;
  private final Schema schema;
  private final Webhooks webhooks;
  private final String storeName;
  private @Nullable RecentState store;

  AlertBody(
      String topology, CheckedStep checked, Step.Alert step, Webhooks webhooks, String storeName) {
    this.topology = topology;
    this.checked = checked;
    this.step = step;
    this.schema = checked.output().records().getFirst();
    this.webhooks = webhooks;
    this.storeName = storeName;
  }

  /** When it was told of a key, and when the rule held since; the newest last. */
  private record Held(long toldAt, List<Long> times) {

    static Held read(byte @Nullable [] state) {
      if (state == null) {
        return new Held(NEVER, new ArrayList<>());
      }
      var kept = ByteBuffer.wrap(state);
      long told = kept.getLong();
      var times = new ArrayList<Long>();
      while (kept.hasRemaining()) {
        times.add(kept.getLong());
      }
      return new Held(told, times);
    }

    byte[] bytes() {
      var bytes = ByteBuffer.allocate((times.size() + 1) * Long.BYTES).putLong(toldAt);
      times.forEach(bytes::putLong);
      return bytes.array();
    }
  }

  @Override
  public void open(ProcessingContext context) {
    store = new RecentState(context, storeName, step.forget().toMillis());
  }

  @Override
  public void take(
      Record<String, GenericRecord> record, Frame frame, Output<GenericRecord> output) {
    if (record.key() == null) {
      output.drop(DropReason.NO_KEY);
      return;
    }
    if (!checked.role(CheckedStep.WHERE).holds(frame)) {
      output.drop(DropReason.NO_ALERT);
      return;
    }
    var kept = Objects.requireNonNull(store);
    long now = record.timestamp();
    var held = Held.read(kept.get(record.key()));
    if (held.toldAt() != NEVER && now < held.toldAt() + step.coolDown().toMillis()) {
      output.drop(DropReason.COOLING_DOWN);
      return;
    }
    held.times().add(now);
    held.times().removeIf(time -> time <= now - step.within().toMillis());
    if (held.times().size() < step.times()) {
      kept.put(record.key(), held.bytes());
      output.drop(DropReason.NO_ALERT);
      return;
    }
    var alert = alert(record, held.times(), checked.role(CheckedStep.MESSAGE).string(frame));
    kept.put(record.key(), new Held(now, List.of()).bytes());
    tell(record, alert);
    output.give(record.withValue(alert));
  }

  private GenericRecord alert(Record<String, ?> record, List<Long> times, String message) {
    var alert = new GenericData.Record(schema);
    alert.put("topology", topology);
    alert.put("alert", checked.id());
    alert.put("key", record.key());
    alert.put("severity", step.severity());
    alert.put("message", message);
    alert.put("times", times.size());
    alert.put("since", times.getFirst());
    alert.put("at", record.timestamp());
    return alert;
  }

  private void tell(Record<String, ?> record, GenericRecord alert) {
    String url = step.webhook();
    if (url != null) {
      String id = topology + ":" + checked.id() + ":" + Marks.at(record.headers());
      webhooks.send(
          new Webhooks.WebhookCall(topology, checked.id(), url, id, AvroJson.write(alert)));
    }
  }
}
