package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.load.ProcessorTime;
import dev.foldstream.benchmarks.write.Contender;

/** From its making to {@link #end}: time, and the processor time of everybody who took part. */
public final class Stretch {

  private final ReadParts parts;
  private final long startedAtNanos = System.nanoTime();
  private final long own = Contender.ownMicros();
  private final long store;
  private final long kafka;

  public Stretch(ReadParts parts) {
    this.parts = parts;
    this.store = store();
    this.kafka = ProcessorTime.micros(parts.kafkaPid());
  }

  private long store() {
    return ProcessorTime.micros(parts.postgresPid())
        + ProcessorTime.micros(parts.elasticsearchPid());
  }

  public Throughput end(String name, int events) {
    double seconds = (System.nanoTime() - startedAtNanos) / 1e9;
    return new Throughput(
        name,
        events / seconds,
        (double) (Contender.ownMicros() - own) / events,
        (double) (store() - store) / events,
        (double) (ProcessorTime.micros(parts.kafkaPid()) - kafka) / events);
  }
}
