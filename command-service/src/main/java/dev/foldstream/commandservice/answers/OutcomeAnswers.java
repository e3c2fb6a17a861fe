package dev.foldstream.commandservice.answers;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.eventstore.outcomes.Outcome.AppendedEvent;
import dev.foldstream.eventstore.outcomes.Outcome.Conflict;
import dev.foldstream.eventstore.outcomes.Outcome.Quarantined;
import dev.foldstream.eventstore.outcomes.Outcome.Rejected;
import dev.foldstream.eventstore.outcomes.Outcome.Unknown;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.kernel.Token;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;

/** Outcomes as JSON and as problems. */
public final class OutcomeAnswers {

  private OutcomeAnswers() {}

  /** What makes a query wait until it sees at least what the outcome speaks of. */
  public static String token(StreamName stream, Outcome outcome) {
    String topic = TopicNames.events(stream.domain(), stream.category());
    return Token.of(topic, outcome.partition(), outcome.sequence()).text();
  }

  public static String entityTag(long version) {
    return "\"" + version + "\"";
  }

  /** The members of an outcome, into an object that is begun. */
  public static void members(StreamName stream, Outcome outcome, JsonGenerator out)
      throws IOException {
    out.writeStringField("commandId", outcome.commandId());
    switch (outcome) {
      case Accepted accepted -> accepted(accepted, out);
      case Rejected rejected -> {
        out.writeStringField("outcome", "rejected");
        out.writeStringField("rejection", rejected.rejection());
        out.writeNumberField("version", rejected.version());
      }
      case Conflict conflict -> {
        out.writeStringField("outcome", "conflict");
        out.writeNumberField("expectedVersion", conflict.expectedVersion());
        out.writeNumberField("foundVersion", conflict.foundVersion());
      }
      case Quarantined quarantined -> {
        out.writeStringField("outcome", "quarantined");
        out.writeStringField("cause", quarantined.cause());
      }
      case Unknown ignored -> out.writeStringField("outcome", "unknown");
    }
    out.writeStringField("token", token(stream, outcome));
  }

  private static void accepted(Accepted accepted, JsonGenerator out) throws IOException {
    out.writeStringField("outcome", "accepted");
    out.writeNumberField("version", accepted.version());
    out.writeNumberField("sequence", accepted.sequence());
    out.writeNumberField("partition", accepted.partition());
    out.writeArrayFieldStart("events");
    for (AppendedEvent event : accepted.events()) {
      out.writeStartObject();
      out.writeStringField("type", event.type().substring(event.type().lastIndexOf('.') + 1));
      out.writeNumberField("version", event.version());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** The answer to whoever sent the command; anything but {@link Accepted} is a problem. */
  public static MutableHttpResponse<byte[]> response(StreamName stream, Outcome outcome) {
    if (!(outcome instanceof Accepted accepted)) {
      throw problem(stream, outcome);
    }
    byte[] body =
        JsonBytes.of(
            out -> {
              out.writeStartObject();
              members(stream, outcome, out);
              out.writeEndObject();
            });
    return HttpResponse.ok(body)
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.ETAG, entityTag(accepted.version()))
        .header(FoldstreamHeaders.TOKEN, token(stream, outcome));
  }

  /** The problem that an outcome other than {@link Accepted} is to whoever sent the command. */
  public static ProblemException problem(StreamName stream, Outcome outcome) {
    ProblemException problem =
        switch (outcome) {
          case Rejected rejected -> rejected(stream, rejected);
          case Conflict conflict -> conflict(stream, conflict);
          case Quarantined quarantined ->
              new ProblemException(
                      ProblemType.QUARANTINED,
                      "The command could not be decided and was set aside (%s); the aggregate is as it was"
                          .formatted(quarantined.cause()))
                  .member("cause", quarantined.cause());
          case Unknown unknown ->
              new ProblemException(
                  ProblemType.UNKNOWN_OUTCOME,
                  "%s remembers no command '%s': it never came, or longer ago than ids are remembered"
                      .formatted(stream, unknown.commandId()));
          case Accepted accepted -> throw new IllegalArgumentException("no problem: " + accepted);
        };
    return problem
        .member("commandId", outcome.commandId())
        .member("token", token(stream, outcome))
        .header(FoldstreamHeaders.TOKEN, token(stream, outcome));
  }

  private static ProblemException rejected(StreamName stream, Rejected rejected) {
    return new ProblemException(
            ProblemType.REJECTED,
            "%s refused the command: %s".formatted(stream, rejected.rejection()))
        .member("rejection", rejected.rejection())
        .member("version", rejected.version())
        .header(HttpHeaders.ETAG, entityTag(rejected.version()));
  }

  private static ProblemException conflict(StreamName stream, Conflict conflict) {
    return new ProblemException(
            ProblemType.VERSION_CONFLICT,
            "%s was expected to have version %d; it has %d"
                .formatted(stream, conflict.expectedVersion(), conflict.foundVersion()))
        .member("expectedVersion", conflict.expectedVersion())
        .member("foundVersion", conflict.foundVersion())
        .header(HttpHeaders.ETAG, entityTag(conflict.foundVersion()));
  }
}
