package dev.foldstream.commandservice.shadow;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.eventstore.shadow.ShadowDifference;
import dev.foldstream.eventstore.shadow.ShadowReport;
import dev.foldstream.eventstore.shadow.ShadowReport.Found;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A shadow run as JSON. */
final class ShadowJson {

  private static final ObjectMapper TREES = new ObjectMapper();

  private ShadowJson() {}

  static void write(ShadowJob job, JsonGenerator out) throws IOException {
    out.setCodec(TREES);
    out.writeStartObject();
    out.writeStringField("id", job.id());
    out.writeStringField("decider", job.decider());
    out.writeStringField("location", job.location());
    out.writeStringField("state", job.state().name());
    out.writeStringField("begunAt", job.begunAt().toString());
    text("endedAt", job.endedAt(), out);
    text("failure", job.failure(), out);
    counts(job.report(), out);
    out.writeArrayFieldStart("examples");
    for (ShadowDifference difference : job.report().examples()) {
      example(difference, out);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void counts(ShadowReport report, JsonGenerator out) throws IOException {
    out.writeNumberField("commandsToDo", report.toDo());
    out.writeBooleanField("limited", report.limited());
    out.writeNumberField("commands", report.commands());
    out.writeNumberField("same", report.count(Found.SAME));
    out.writeNumberField("otherOutcome", report.count(Found.OTHER_OUTCOME));
    out.writeNumberField("otherEvents", report.count(Found.OTHER_EVENTS));
    out.writeNumberField("failed", report.count(Found.FAILED));
    out.writeObjectFieldStart("notCompared");
    out.writeNumberField("lookUps", report.count(Found.LOOK_UP));
    out.writeNumberField("repeated", report.count(Found.REPEATED));
    out.writeNumberField("quarantined", report.count(Found.QUARANTINED));
    out.writeNumberField("unknown", report.count(Found.UNKNOWN));
    out.writeEndObject();
  }

  private static void example(ShadowDifference difference, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("topic", difference.topic());
    out.writeNumberField("partition", difference.partition());
    out.writeNumberField("offset", difference.offset());
    out.writeStringField("aggregateId", difference.aggregateId());
    out.writeStringField("commandId", difference.commandId());
    out.writeStringField("type", difference.type());
    out.writeStringField("firstDifference", difference.first());
    out.writeFieldName("recorded");
    out.writeTree(difference.recorded());
    out.writeFieldName("candidate");
    out.writeTree(difference.candidate());
    out.writeEndObject();
  }

  private static void text(String name, @Nullable Object value, JsonGenerator out)
      throws IOException {
    if (value == null) {
      out.writeNullField(name);
    } else {
      out.writeStringField(name, value.toString());
    }
  }
}
