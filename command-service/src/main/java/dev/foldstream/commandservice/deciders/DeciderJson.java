package dev.foldstream.commandservice.deciders;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.eventstore.decision.DeciderIdentity;
import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.eventstore.decision.DecisionCounts;
import dev.foldstream.eventstore.decision.DecisionHealth;
import dev.foldstream.eventstore.decision.FoldProgress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A decider as JSON. */
final class DeciderJson {

  private DeciderJson() {}

  static void write(DecisionApplication application, JsonGenerator out) throws IOException {
    DeciderIdentity identity = application.identity();
    DecisionHealth health = application.health();
    out.writeStartObject();
    out.writeStringField("address", application.name());
    out.writeStringField("domain", identity.domain());
    out.writeStringField("aggregate", identity.aggregate());
    out.writeNumberField("stateVersion", identity.stateVersion());
    out.writeStringField("fingerprint", identity.fingerprint());
    out.writeStringField("applicationId", identity.applicationId());
    out.writeStringField("state", health.state().name());
    out.writeArrayFieldStart("partitions");
    for (int partition : health.partitions()) {
      out.writeNumber(partition);
    }
    out.writeEndArray();
    out.writeNumberField("failures", health.failures());
    text("lastFailure", health.lastFailure(), out);
    counts(application.counts(), out);
    fold(application.fold(), out);
    out.writeEndObject();
  }

  private static void counts(DecisionCounts counts, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("counts");
    out.writeNumberField("accepted", counts.accepted());
    out.writeNumberField("rejected", counts.rejected());
    out.writeNumberField("conflicts", counts.conflicts());
    out.writeNumberField("quarantined", counts.quarantined());
    out.writeNumberField("repeated", counts.repeated());
    out.writeNumberField("lookUps", counts.lookUps());
    out.writeNumberField("events", counts.events());
    out.writeEndObject();
  }

  private static void fold(FoldProgress fold, JsonGenerator out) throws IOException {
    Instant now = Instant.now();
    Duration left = fold.left(now);
    out.writeObjectFieldStart("fold");
    out.writeStringField("state", fold.state().name());
    out.writeNumberField("eventsFolded", fold.eventsFolded());
    out.writeNumberField("eventsToDo", fold.eventsToDo());
    out.writeNumberField("eventsPerSecond", Math.round(fold.rate(now)));
    if (left == null) {
      out.writeNullField("secondsLeft");
    } else {
      out.writeNumberField("secondsLeft", left.toSeconds());
    }
    text("begunAt", fold.begunAt(), out);
    text("endedAt", fold.endedAt(), out);
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
