package dev.foldstream.eventstore.outcomes;

import dev.foldstream.eventstore.outcomes.OutcomeReader.Share;
import dev.foldstream.eventstore.wire.AnswerAddress;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The part of a reader that shares the work: its address, and what it passes on to others. */
final class PassingOn implements AutoCloseable {

  /** Positions of outcomes topics are committed for it; it has no members. */
  static final String GROUP = "foldstream.outcome-readers";

  private final String instance =
      HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  private final HandledPositions handled = new HandledPositions();
  private final DecidedPartitions partitions;
  private final AnswerForwarder forwarder;
  private volatile @Nullable AnswerAddress address;

  PassingOn(String bootstrapServers, Share share, OutcomeCounts counts) {
    this.partitions = new DecidedPartitions(share.decided(), share.longestWait(), handled);
    this.forwarder = new AnswerForwarder(bootstrapServers, counts);
  }

  DecidedPartitions partitions() {
    return partitions;
  }

  AnswerAddress address() {
    AnswerAddress known = address;
    if (known == null) {
      throw new IllegalStateException("a reader of outcomes is started before commands are sent");
    }
    return known;
  }

  /** Finds where the answers to this instance are; they stay there. */
  void begin(Consumer<byte[], byte[]> consumer) {
    if (address == null) {
      address = new AnswerAddress(partitions.answersAt(consumer, instance), instance);
    }
  }

  /** Returns false for an outcome that nobody waits for elsewhere. */
  boolean passOn(ConsumerRecord<byte[], byte[]> outcome) {
    if (address().isIn(outcome.headers())) {
      return false;
    }
    AnswerAddress to = AnswerAddress.read(outcome.headers());
    if (to == null || to.partition() >= partitions.answerPartitions()) {
      return false;
    }
    forwarder.forward(outcome, to, handled.passing());
    return true;
  }

  @Override
  public void close() {
    forwarder.close();
  }
}
