package dev.foldstream.eventstore.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.eventstore.decision.DecisionWire;
import dev.foldstream.schemas.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** Lets candidates decide recorded commands, one partition after the other. Writes nothing. */
public final class ShadowRun {

  private final String bootstrapServers;
  private final DecisionWire wire;
  private final RecordJson json;

  public ShadowRun(String bootstrapServers, DecisionWire wire) {
    this.bootstrapServers = bootstrapServers;
    this.wire = wire;
    this.json = new RecordJson(wire.files());
  }

  /**
   * Returns when all is compared, or soon after it is stopped.
   *
   * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
   */
  public void compare(
      String domain,
      String aggregate,
      Candidate<?, ?, ?> candidate,
      ShadowRange range,
      ShadowReport report,
      BooleanSupplier stopped) {
    try (var log = new ShadowLog(bootstrapServers, domain, aggregate, wire.outcomes(), stopped)) {
      for (ShadowLog.Slice slice : log.slices(range, report)) {
        if (slice.start() < slice.end() && !stopped.getAsBoolean()) {
          RecordedPartition recorded = log.open(slice);
          new ShadowComparison(candidate, recorded, this::today, report).run(stopped);
        }
      }
    }
  }

  private JsonNode today(byte[] value) {
    Record event = wire.codec().decode(value);
    byte[] text = json.text(event).getBytes(StandardCharsets.UTF_8);
    return ShadowAnswer.event(event.getClass().getSimpleName(), json.tree(text));
  }
}
