package dev.foldstream.commandservice.quarantine;

import dev.foldstream.commandservice.commands.CommandSender;
import dev.foldstream.commandservice.commands.FoldsUnderWay;
import dev.foldstream.commandservice.commands.SentCommand;
import dev.foldstream.eventstore.decision.DecisionWire;
import dev.foldstream.eventstore.quarantine.QuarantineCodec;
import dev.foldstream.eventstore.quarantine.QuarantineEntry;
import dev.foldstream.eventstore.quarantine.QuarantineIndex;
import dev.foldstream.eventstore.quarantine.QuarantineReader;
import dev.foldstream.eventstore.quarantine.QuarantineResolution;
import dev.foldstream.eventstore.quarantine.QuarantineState;
import dev.foldstream.eventstore.quarantine.QuarantinedCommand;
import dev.foldstream.eventstore.quarantine.StoredCommands;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.AggregateId;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.StreamName;
import io.micronaut.configuration.kafka.annotation.KafkaClient;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a person can do about a quarantined command. Each act is a record behind the command in the
 * quarantine topic; nothing is removed.
 *
 * <p>A retry stores the command's record once more, under its command id. Two at once store it
 * twice, and the memory of command ids lets one of them count.
 */
@Singleton
final class QuarantineActions {

  static final Duration STORED_WITHIN = Duration.ofSeconds(10);
  static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** Of one command; a code that needs more has another fault. */
  static final int MAX_TRIES = 100;

  private final QuarantineIndex index;
  private final QuarantineReader reader;
  private final StoredCommands stored;
  private final CommandSender sender;
  private final Producer<byte[], byte[]> producer;
  private final FoldsUnderWay folds;
  private final QuarantineCodec codec;

  QuarantineActions(
      QuarantineIndex index,
      QuarantineReader reader,
      StoredCommands stored,
      CommandSender sender,
      FoldsUnderWay folds,
      @KafkaClient("commands") Producer<byte[], byte[]> producer,
      DecisionWire wire) {
    this.index = index;
    this.reader = reader;
    this.stored = stored;
    this.sender = sender;
    this.folds = folds;
    this.producer = producer;
    this.codec = wire.quarantined();
  }

  /** Refuses to say that there is nothing before everything was read. */
  void awaitComplete() {
    if (!reader.complete()) {
      throw new ProblemException(
              ProblemType.STILL_STARTING,
              "The quarantine topics are still being read"
                  + (reader.failure() == null ? "" : ": " + reader.failure()))
          .retryAfter(RETRY_AFTER);
    }
  }

  QuarantineEntry entry(String id) {
    awaitComplete();
    return index
        .find(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.UNKNOWN_QUARANTINE,
                    "No quarantined command has the id '%s'; %d older ones are left out of the list (foldstream.quarantine.max-entries)"
                        .formatted(
                            id.length() > 300 ? id.substring(0, 300) : id, index.forgotten())));
  }

  /** Refuses a retry that could not be decided in time. */
  void awaitState(QuarantineEntry entry, Duration patience) {
    folds.check(stream(entry), patience);
  }

  /** Stores the command once more; its outcome is to be awaited by whoever asked. */
  SentCommand retry(QuarantineEntry entry) {
    open(entry, "tried again");
    if (entry.tries() >= MAX_TRIES) {
      throw refused("was decided in vain %d times, which is the most".formatted(entry.tries()));
    }
    StreamName stream = stream(entry);
    ConsumerRecord<byte[], byte[]> original = original(entry.latest());
    var headers = new RecordHeaders(original.headers().toArray());
    CommandHeaders.writeRetry(headers, entry.latest().commandId(), entry.id());
    SentCommand sent = sender.again(stream, entry.latest().commandId(), original.value(), headers);
    try {
      RecordMetadata place = sent.awaitStored(STORED_WITHIN);
      resolve(entry, QuarantineResolution.RETRIED, null, place.partition(), place.offset());
      return sent;
    } catch (RuntimeException failed) {
      sent.close();
      throw failed;
    }
  }

  QuarantineEntry discard(QuarantineEntry entry, String reason) {
    open(entry, "discarded");
    resolve(entry, QuarantineResolution.DISCARDED, reason, null, null);
    return index.find(entry.id()).orElse(entry);
  }

  private static void open(QuarantineEntry entry, String wanted) {
    if (entry.state() != QuarantineState.OPEN) {
      throw refused(
          "is %s and cannot be %s; its outcome is at /commands/%s/%s/%s/outcomes/%s"
              .formatted(
                  entry.state(),
                  wanted,
                  entry.domain(),
                  entry.aggregate(),
                  entry.latest().key(),
                  entry.latest().commandId()));
    }
  }

  private static StreamName stream(QuarantineEntry entry) {
    String key = entry.latest().key();
    if (key == null || AggregateId.fault(key).isPresent()) {
      throw refused(
          "has no aggregate's id as its key, so it can never be decided. Mend: send it anew with a key, and discard this one");
    }
    return new StreamName(entry.domain(), entry.aggregate(), key);
  }

  private ConsumerRecord<byte[], byte[]> original(QuarantinedCommand command) {
    try {
      return stored
          .fetch(command)
          .orElseThrow(
              () ->
                  new ProblemException(
                      ProblemType.COMMAND_GONE,
                      "The record at %s-%d@%d is no longer there: it is older than the topic's retention.ms. Mend: send the command anew with the command id '%s', then discard this one"
                          .formatted(
                              command.topic(),
                              command.partition(),
                              command.offset(),
                              command.commandId())));
    } catch (KafkaUnreachableException away) {
      throw unavailable(away);
    }
  }

  private void resolve(
      QuarantineEntry entry,
      String kind,
      @Nullable String reason,
      @Nullable Integer partition,
      @Nullable Long offset) {
    String topic = TopicNames.quarantine(entry.domain(), entry.aggregate());
    var resolution =
        new QuarantineResolution(
            entry.id(),
            entry.latest().commandId(),
            kind,
            Metadata.ANONYMOUS,
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            reason,
            partition,
            offset);
    store(record(entry, topic, codec.encode(topic, resolution)));
    index.add(entry.domain(), entry.aggregate(), resolution);
  }

  // A record's key may be null; Kafka does not say so.
  @SuppressWarnings("NullAway")
  private static ProducerRecord<byte[], byte[]> record(
      QuarantineEntry entry, String topic, byte[] value) {
    String key = entry.latest().key();
    return new ProducerRecord<>(
        topic,
        entry.quarantinePartition(),
        null,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        value,
        QuarantineCodec.resolutionHeaders());
  }

  private void store(ProducerRecord<byte[], byte[]> record) {
    try {
      var _ = producer.send(record).get(STORED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException failed) {
      throw unavailable(failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw unavailable(stopping);
    }
  }

  private static ProblemException refused(String found) {
    return new ProblemException(ProblemType.NOT_POSSIBLE_NOW, "The quarantined command " + found);
  }

  private static ProblemException unavailable(Exception cause) {
    return new ProblemException(
            ProblemType.KAFKA_UNAVAILABLE,
            "%s. Whether it was done is not known: look at the entry again"
                .formatted(cause.getMessage()))
        .retryAfter(RETRY_AFTER);
  }
}
