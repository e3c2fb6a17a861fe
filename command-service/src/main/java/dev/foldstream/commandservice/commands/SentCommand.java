package dev.foldstream.commandservice.commands;

import dev.foldstream.eventstore.outcomes.ExpectedOutcome;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.requests.FoldstreamHeaders;
import dev.foldstream.kernel.StreamName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A command, or a look-up, on its way. Closed, nobody waits for it any longer; it goes on all the
 * same.
 */
public final class SentCommand implements AutoCloseable {

  static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final StreamName stream;
  private final String commandId;
  private final ExpectedOutcome expected;
  private final CompletableFuture<RecordMetadata> stored = new CompletableFuture<>();

  SentCommand(StreamName stream, String commandId, ExpectedOutcome expected) {
    this.stream = stream;
    this.commandId = commandId;
    this.expected = expected;
  }

  public StreamName stream() {
    return stream;
  }

  public String commandId() {
    return commandId;
  }

  /** Completed with the outcome, or with a {@link ProblemException} when it was not stored. */
  CompletableFuture<Outcome> outcome() {
    return expected.outcome();
  }

  void stored(RecordMetadata place) {
    stored.complete(place);
  }

  void failed(ProblemException problem) {
    stored.completeExceptionally(problem);
    expected.outcome().completeExceptionally(problem);
  }

  /** Waits until Kafka has the command for good, and says where. */
  public RecordMetadata awaitStored(Duration patience) {
    return await(stored, patience);
  }

  public Outcome awaitOutcome(Duration patience) {
    return await(expected.outcome(), patience);
  }

  /** What to say when the wait is over: whether Kafka has the command makes the difference. */
  ProblemException notInTime(Duration patience) {
    if (stored.isDone()) {
      return located(
          new ProblemException(
              ProblemType.OUTCOME_UNKNOWN_YET,
              "Kafka has the command; its outcome was not known within %d ms. Ask for it at the address in Location, or send the command again with the same Idempotency-Key"
                  .formatted(patience.toMillis())));
    }
    return unavailable(
        "Kafka did not take the command within %d ms".formatted(patience.toMillis()));
  }

  ProblemException unavailable(String found) {
    return located(
            new ProblemException(
                ProblemType.KAFKA_UNAVAILABLE,
                found
                    + ". Whether it is stored is not known: send it again with the same Idempotency-Key, which applies it once"))
        .retryAfter(RETRY_AFTER);
  }

  private ProblemException located(ProblemException problem) {
    return problem
        .header("Location", location())
        .header(FoldstreamHeaders.IDEMPOTENCY_KEY, commandId)
        .member("commandId", commandId);
  }

  /** Where the outcome will be. */
  public String location() {
    return "/commands/%s/%s/%s/outcomes/%s"
        .formatted(stream.domain(), stream.category(), stream.id(), commandId);
  }

  private <T> T await(CompletableFuture<T> future, Duration patience) {
    try {
      return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw notInTime(patience);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw notInTime(patience);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof ProblemException problem
          ? problem
          : new IllegalStateException("the outcome cannot be read", failed.getCause());
    }
  }

  @Override
  public void close() {
    expected.close();
  }
}
