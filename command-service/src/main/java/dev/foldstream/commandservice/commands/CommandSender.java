package dev.foldstream.commandservice.commands;

import dev.foldstream.eventstore.outcomes.ExpectedOutcome;
import dev.foldstream.eventstore.outcomes.OutcomeReader;
import dev.foldstream.eventstore.outcomes.TooManyWaitingException;
import dev.foldstream.eventstore.topics.RecordLimits;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.schemas.codec.UnwritableRecordException;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import dev.foldstream.schemas.wire.WireCodec;
import io.micronaut.configuration.kafka.annotation.KafkaClient;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands and look-ups to their topics and expects their outcomes. Commands of one aggregate
 * sent one after the other by one thread are decided in that order.
 */
@Singleton
public final class CommandSender {

  private final Producer<byte[], byte[]> producer;
  private final OutcomeReader outcomes;
  private final WireCodec codec;

  CommandSender(
      @KafkaClient("commands") Producer<byte[], byte[]> producer,
      OutcomeReader outcomes,
      WireCodec codec) {
    this.producer = producer;
    this.outcomes = outcomes;
    this.codec = codec;
  }

  SentCommand send(CommandRequest request) {
    StreamName stream = request.stream();
    byte[] value = encoded(request);
    var headers = new RecordHeaders();
    request.headers().write(headers, Sources.of(stream));
    outcomes.writeAddress(headers);
    var sent = new SentCommand(stream, request.commandId(), expect(stream, request.commandId()));
    return send(sent, value, headers);
  }

  /** Asks for the outcome of an earlier command, through the log. */
  public SentCommand lookUp(StreamName stream, String commandId) {
    String lookUpId = RequestHeaders.newId();
    var headers = new RecordHeaders();
    CommandHeaders.writeLookUp(headers, lookUpId, commandId, Sources.of(stream));
    outcomes.writeAddress(headers);
    var sent = new SentCommand(stream, commandId, expect(stream, lookUpId));
    return send(sent, new byte[0], headers);
  }

  /**
   * Sends a record's command once more, to the partition of its key.
   *
   * @param value may be null, as it was
   */
  public SentCommand again(
      StreamName stream, String commandId, byte @Nullable [] value, RecordHeaders headers) {
    headers.remove(HeaderNames.ANSWER_TO);
    outcomes.writeAddress(headers);
    return send(new SentCommand(stream, commandId, expect(stream, commandId)), value, headers);
  }

  private SentCommand send(SentCommand sent, byte @Nullable [] value, RecordHeaders headers) {
    StreamName stream = sent.stream();
    var record =
        new ProducerRecord<>(
            TopicNames.commands(stream.domain(), stream.category()),
            null,
            null,
            stream.id().getBytes(StandardCharsets.UTF_8),
            value,
            headers);
    try {
      var _ =
          producer.send(
              record,
              (stored, failed) -> {
                if (failed == null) {
                  sent.stored(stored);
                } else {
                  sent.failed(sent.unavailable(String.valueOf(failed.getMessage())));
                }
              });
      return sent;
    } catch (KafkaException failed) {
      sent.close();
      throw sent.unavailable(String.valueOf(failed.getMessage()));
    }
  }

  private ExpectedOutcome expect(StreamName stream, String answerId) {
    try {
      return outcomes.expect(stream, answerId);
    } catch (TooManyWaitingException full) {
      throw new ProblemException(ProblemType.TOO_BUSY, String.valueOf(full.getMessage()))
          .retryAfter(SentCommand.RETRY_AFTER);
    }
  }

  private byte[] encoded(CommandRequest request) {
    StreamName stream = request.stream();
    byte[] value;
    try {
      value =
          codec.encode(TopicNames.commands(stream.domain(), stream.category()), request.command());
    } catch (UnwritableRecordException unwritable) {
      String detail = String.valueOf(unwritable.getMessage());
      throw new ProblemException(ProblemType.INVALID_COMMAND, detail)
          .fault(Fault.pointer("", detail));
    } catch (SchemaRegistryUnavailableException unavailable) {
      throw new ProblemException(
              ProblemType.SCHEMA_REGISTRY_UNAVAILABLE, String.valueOf(unavailable.getMessage()))
          .retryAfter(SentCommand.RETRY_AFTER);
    }
    if (value.length > RecordLimits.MAX_VALUE_BYTES) {
      throw new ProblemException(
          ProblemType.BODY_TOO_LARGE,
          "A command has at most %d bytes when stored; this one has %d"
              .formatted(RecordLimits.MAX_VALUE_BYTES, value.length));
    }
    return value;
  }
}
