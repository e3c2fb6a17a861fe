package dev.foldstream.topologyservice.topologies;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.topology.build.DropReason;
import dev.foldstream.topology.build.StepFailure;
import dev.foldstream.topology.preview.PreviewReport;
import dev.foldstream.topology.preview.PreviewReport.Counts;
import dev.foldstream.topology.preview.PreviewReport.Dropped;
import dev.foldstream.topology.preview.PreviewReport.Output;
import dev.foldstream.topology.preview.PreviewReport.StoreRow;
import dev.foldstream.topologyservice.preview.Difference;
import dev.foldstream.topologyservice.preview.Previews;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a preview found, as JSON. */
final class PreviewJson {

  private PreviewJson() {}

  static void write(Previews.Result result, JsonGenerator out) throws IOException {
    PreviewReport report = result.report();
    out.writeStartObject();
    out.writeStringField("name", result.compiled().name());
    out.writeNumberField("read", result.read());
    out.writeNumberField("taken", report.taken());
    out.writeBooleanField("complete", report.complete());
    outputs(report.outputs(), out);
    steps(report.steps(), out);
    out.writeArrayFieldStart("dropped");
    for (Dropped dropped : report.dropped()) {
      out.writeStartObject();
      out.writeStringField("step", dropped.step());
      out.writeStringField("reason", dropped.reason().name());
      out.writeStringField("record", dropped.record().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
    failures(report.failures(), out);
    stores(report.stores(), out);
    texts("webhooks", report.webhooks(), out);
    texts("notes", report.notes(), out);
    difference(result.comparedWith(), result.difference(), out);
    out.writeEndObject();
  }

  private static void outputs(Map<String, List<Output>> outputs, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("outputs");
    for (Map.Entry<String, List<Output>> sink : outputs.entrySet()) {
      outputs(sink.getKey(), sink.getValue(), out);
    }
    out.writeEndObject();
  }

  private static void outputs(String name, List<Output> outputs, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (Output output : outputs) {
      out.writeStartObject();
      text("key", output.key(), out);
      text("type", output.type(), out);
      out.writeFieldName("value");
      if (output.json() == null) {
        out.writeNull();
      } else {
        out.writeRawValue(output.json());
      }
      out.writeNumberField("timestampMillis", output.timestampMillis());
      out.writeObjectFieldStart("headers");
      for (Map.Entry<String, String> header : output.headers().entrySet()) {
        out.writeStringField(header.getKey(), header.getValue());
      }
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void steps(Map<String, Counts> steps, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("steps");
    for (Map.Entry<String, Counts> step : steps.entrySet()) {
      Counts counts = step.getValue();
      out.writeObjectFieldStart(step.getKey());
      out.writeNumberField("in", counts.in());
      out.writeNumberField("out", counts.out());
      out.writeObjectFieldStart("dropped");
      for (Map.Entry<DropReason, Long> dropped : counts.dropped().entrySet()) {
        out.writeNumberField(dropped.getKey().name(), dropped.getValue());
      }
      out.writeEndObject();
      out.writeNumberField("failed", counts.failed());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void failures(List<StepFailure> failures, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("failures");
    for (StepFailure failure : failures) {
      out.writeStartObject();
      out.writeStringField("record", failure.record().toString());
      text("key", failure.key(), out);
      out.writeStringField("step", failure.step());
      out.writeStringField("pointer", failure.pointer());
      text("expression", failure.expression(), out);
      out.writeStringField("cause", failure.cause());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void stores(Map<String, List<StoreRow>> stores, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart("stores");
    for (Map.Entry<String, List<StoreRow>> store : stores.entrySet()) {
      out.writeArrayFieldStart(store.getKey());
      for (StoreRow row : store.getValue()) {
        out.writeStartObject();
        out.writeStringField("key", row.key());
        out.writeStringField("value", row.value());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private static void difference(
      @Nullable Integer version, @Nullable Difference difference, JsonGenerator out)
      throws IOException {
    if (version == null || difference == null) {
      out.writeNullField("difference");
      return;
    }
    out.writeObjectFieldStart("difference");
    out.writeNumberField("toVersion", version);
    out.writeObjectFieldStart("sinks");
    for (Map.Entry<String, Difference.OfSink> sink : difference.bySink().entrySet()) {
      out.writeObjectFieldStart(sink.getKey());
      out.writeNumberField("same", sink.getValue().same());
      outputs("added", sink.getValue().added(), out);
      outputs("missing", sink.getValue().missing(), out);
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void texts(String name, List<String> texts, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private static void text(String name, @Nullable String value, JsonGenerator out)
      throws IOException {
    if (value == null) {
      out.writeNullField(name);
    } else {
      out.writeStringField(name, value);
    }
  }
}
