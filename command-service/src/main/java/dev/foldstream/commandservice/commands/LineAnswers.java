package dev.foldstream.commandservice.commands;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.commandservice.answers.OutcomeAnswers;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.outcomes.Outcome.Accepted;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.kernel.StreamName;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One line of an answer to a stream of commands: its number and status, then outcome or problem.
 */
final class LineAnswers {

  static final String ADDRESS = "/commands";
  private static final int OK = 200;

  private LineAnswers() {}

  static byte[] of(long number, StreamName stream, Outcome outcome) {
    if (!(outcome instanceof Accepted)) {
      return of(number, OutcomeAnswers.problem(stream, outcome));
    }
    return line(number, OK, out -> OutcomeAnswers.members(stream, outcome, out));
  }

  static byte[] of(long number, ProblemException ended) {
    Problem problem = ended.problem(ADDRESS);
    return line(number, problem.status(), out -> problem(problem, out));
  }

  private static void problem(Problem problem, JsonGenerator out) throws IOException {
    out.writeStringField("type", problem.type());
    out.writeStringField("title", problem.title());
    out.writeStringField("detail", problem.detail());
    out.writeArrayFieldStart("errors");
    for (Fault fault : problem.errors()) {
      out.writeStartObject();
      text("pointer", fault.pointer(), out);
      text("parameter", fault.parameter(), out);
      text("header", fault.header(), out);
      out.writeStringField("detail", fault.detail());
      out.writeEndObject();
    }
    out.writeEndArray();
    for (var member : problem.members().entrySet()) {
      out.writeFieldName(member.getKey());
      value(member.getValue(), out);
    }
  }

  private static void value(Object value, JsonGenerator out) throws IOException {
    switch (value) {
      case Number number -> out.writeNumber(number.toString());
      case Iterable<?> list -> {
        out.writeStartArray();
        for (Object element : list) {
          value(element, out);
        }
        out.writeEndArray();
      }
      default -> out.writeString(value.toString());
    }
  }

  private static void text(String name, @Nullable String value, JsonGenerator out)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }

  private static byte[] line(long number, int status, JsonBytes.Content members) {
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeNumberField("line", number);
          out.writeNumberField("status", status);
          members.writeTo(out);
          out.writeEndObject();
          out.writeRaw('\n');
        });
  }
}
