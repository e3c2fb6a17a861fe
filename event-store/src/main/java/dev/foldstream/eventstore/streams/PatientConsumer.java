package dev.foldstream.eventstore.streams;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.internals.ConsumerWrapper;

/**
 * Waits longer for records while its thread has nothing to commit. A wait of 1 ms lets a commit on
 * idle happen in time, but costs a thread that has nothing to do an eighth of a core; records that
 * come end the wait at once, however long it is.
 *
 * <p>Kafka Streams has no public setting for it. Without this class everything works as well, and
 * costs more when idle.
 */
public final class PatientConsumer extends ConsumerWrapper {

  /** How long a stop or a move of partitions may have to wait. */
  static final Duration WITH_NOTHING_TO_COMMIT = Duration.ofMillis(50);

  static final String SETTING = StreamsConfig.InternalConfig.INTERNAL_CONSUMER_WRAPPER;

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    boolean waits = !timeout.isZero() && !CommitOnIdle.ticking();
    boolean shorter = timeout.compareTo(WITH_NOTHING_TO_COMMIT) < 0;
    return super.poll(waits && shorter ? WITH_NOTHING_TO_COMMIT : timeout);
  }
}
