package dev.foldstream.commandservice.commands;

import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.json.InvalidJsonException;
import dev.foldstream.schemas.json.RecordJson;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** Makes commands of requests, and says everything that is wrong with one at once. */
@Singleton
final class CommandParser {

  private static final byte[] NO_FIELDS = "{}".getBytes(StandardCharsets.UTF_8);

  private final Addresses addresses;
  private final RecordJson json;
  private final SchemaFiles files;

  CommandParser(Addresses addresses, RecordJson json, SchemaFiles files) {
    this.addresses = addresses;
    this.json = json;
    this.files = files;
  }

  /** The command of one request; an empty body stands for a command without fields. */
  CommandRequest one(
      String domain,
      String aggregate,
      String id,
      String command,
      byte[] body,
      RequestHeaders headers) {
    var found = addresses.aggregate(domain, aggregate);
    Class<? extends Record> type = addresses.command(found, command);
    StreamName stream = addresses.stream(domain, aggregate, id);
    byte[] text = body.length == 0 ? NO_FIELDS : body;
    Record value = faultless(ProblemType.INVALID_COMMAND, () -> json.read(text, type));
    return request(stream, value, headers, Instant.now());
  }

  /** The command of one line of a stream. */
  CommandRequest line(byte[] line, RequestHeaders stream) {
    CommandLine read =
        faultless(ProblemType.INVALID_COMMAND, () -> CommandLine.read(json.tree(line)));
    var found = addresses.aggregate(read.domain(), read.aggregate());
    Class<? extends Record> type = addresses.command(found, read.command());
    StreamName name = addresses.stream(read.domain(), read.aggregate(), read.id());
    Record value =
        faultless(ProblemType.INVALID_COMMAND, () -> json.read(read.data(), type, "/data"));
    String commandId = read.commandId() == null ? RequestHeaders.newId() : read.commandId();
    var headers =
        new RequestHeaders(
            commandId,
            read.expectedVersion(),
            commandId,
            stream.causationId(),
            stream.traceParent(),
            stream.preferences());
    return request(
        name, value, headers, read.occurredAt() == null ? Instant.now() : read.occurredAt());
  }

  private CommandRequest request(
      StreamName stream, Record value, RequestHeaders headers, Instant occurredAt) {
    var sent =
        CommandHeaders.of(
                headers.commandId(),
                files.typeName(value.getClass()),
                occurredAt.truncatedTo(ChronoUnit.MICROS))
            .expecting(headers.expectedVersion())
            .belongingTo(headers.correlationId(), headers.causationId(), headers.traceParent());
    return new CommandRequest(stream, value, sent);
  }

  private static <T> T faultless(ProblemType type, java.util.function.Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InvalidJsonException invalid) {
      throw problem(type, invalid);
    }
  }

  private static ProblemException problem(ProblemType type, InvalidJsonException invalid) {
    ProblemType found = invalid.malformed() ? ProblemType.MALFORMED_JSON : type;
    Function<dev.foldstream.schemas.json.JsonFault, Fault> fault =
        one -> Fault.pointer(one.pointer(), one.detail());
    return new ProblemException(found, String.valueOf(invalid.getMessage()))
        .faults(invalid.faults().stream().map(fault).toList());
  }
}
