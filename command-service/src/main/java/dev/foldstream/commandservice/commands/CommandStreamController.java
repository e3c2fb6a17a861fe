package dev.foldstream.commandservice.commands;

import dev.foldstream.commandservice.commands.Lines.Line;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.schemas.json.RecordJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Takes a stream of commands, a line each, and answers a line each.
 *
 * <p>Lines are read only as fast as outcomes are known and taken: at most a window of commands is
 * in flight, and neither the request nor the answer is ever held whole. One thread at a time parses
 * and sends the lines of a stream, so commands of one aggregate keep their order.
 */
@Controller("/commands")
@Tag(name = "commands")
public class CommandStreamController {

  static final String NDJSON = "application/x-ndjson";

  /** Bytes of one line. */
  static final int MAX_LINE_BYTES = RecordJson.MAX_BYTES;

  /** Pieces of the request, and the lines of one, that are read ahead. */
  private static final int PIECES_AHEAD = 4;

  private static final int LINES_AHEAD = 64;
  private static final Logger LOG = LoggerFactory.getLogger(CommandStreamController.class);

  private final CommandParser parser;
  private final CommandSender sender;
  private final CommandSettings settings;
  private final Scheduler threads;

  CommandStreamController(
      CommandParser parser,
      CommandSender sender,
      CommandSettings settings,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.parser = parser;
    this.sender = sender;
    this.settings = settings;
    this.threads = Schedulers.fromExecutorService(threads);
  }

  @Post
  @Consumes(NDJSON)
  @Produces(NDJSON)
  @Operation(
      summary = "Send a stream of commands",
      description =
          "A line each: {domain, aggregate, id, command, data, commandId?, expectedVersion?,"
              + " occurredAt?}. The answer has a line each in the same order, {line, status} and the"
              + " outcome or the problem, as outcomes arrive. A line that is wrong gets its problem;"
              + " the others are not touched by it.",
      requestBody =
          @RequestBody(content = @Content(mediaType = NDJSON, schema = @Schema(type = "string"))))
  @ApiResponse(
      responseCode = "200",
      description = "a line for each line",
      content = @Content(mediaType = NDJSON, schema = @Schema(type = "string")))
  public Publisher<byte[]> send(
      @Body Publisher<byte[]> body, @Parameter(hidden = true) HttpRequest<?> request) {
    RequestHeaders headers = RequestHeaders.read(request.getHeaders());
    Duration patience = headers.preferences().patience(settings.usualWait(), settings.maxWait());
    var lines = new Lines(MAX_LINE_BYTES);
    return Flux.from(body)
        .publishOn(threads, PIECES_AHEAD)
        .concatMapIterable(lines::take, LINES_AHEAD)
        .concatWith(Flux.defer(() -> Flux.fromIterable(lines.end())))
        .flatMapSequential(line -> answer(line, headers, patience), settings.streamWindow());
  }

  /** Sends when it is subscribed to, which happens in the order of the lines. */
  private Mono<byte[]> answer(Line line, RequestHeaders headers, Duration patience) {
    SentCommand sent;
    try {
      sent = sender.send(parsed(line, headers));
    } catch (ProblemException problem) {
      return Mono.just(LineAnswers.of(line.number(), problem));
    } catch (RuntimeException bug) {
      return Mono.just(LineAnswers.of(line.number(), internal(bug)));
    }
    return Mono.fromFuture(sent.outcome(), true)
        .timeout(patience)
        .map(outcome -> LineAnswers.of(line.number(), sent.stream(), outcome))
        .onErrorResume(
            failed -> Mono.just(LineAnswers.of(line.number(), problem(sent, patience, failed))))
        .doFinally(signal -> sent.close());
  }

  private CommandRequest parsed(Line line, RequestHeaders headers) {
    if (line.tooLong()) {
      throw new ProblemException(
          ProblemType.BODY_TOO_LARGE,
          "A line has at most %d bytes; this one has more".formatted(MAX_LINE_BYTES));
    }
    return parser.line(line.bytes(), headers);
  }

  private static ProblemException problem(SentCommand sent, Duration patience, Throwable failed) {
    Throwable cause =
        failed instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failed;
    return switch (cause) {
      case ProblemException problem -> problem;
      case TimeoutException late -> sent.notInTime(patience);
      default -> internal(cause);
    };
  }

  private static ProblemException internal(Throwable bug) {
    String errorId = UUID.randomUUID().toString();
    LOG.error("Error {} in a stream of commands", errorId, bug);
    return new ProblemException(
            ProblemType.INTERNAL_ERROR,
            "This is a fault of the server and not of the line. Its log says more under the id "
                + errorId)
        .member("errorId", errorId);
  }
}
