package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.topologyservice.positions.Positions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Where an application that never ran begins: {@code beginning}, {@code now} or a time. */
public sealed interface Begin {

  record Beginning() implements Begin {}

  record Now() implements Begin {}

  record At(Instant time) implements Begin {}

  /** Null is the beginning. */
  static Begin parse(@Nullable String text) {
    if (text == null || text.equals("beginning")) {
      return new Beginning();
    }
    if (text.equals("now")) {
      return new Now();
    }
    try {
      return new At(Instant.parse(text));
    } catch (DateTimeParseException notATime) {
      String detail =
          "'from' is beginning, now, or a time like 2026-01-31T12:00:00Z; found '%s'"
              .formatted(text);
      throw new ProblemException(ProblemType.INVALID_REQUEST, detail)
          .fault(Fault.parameter("from", detail));
    }
  }

  default Map<TopicPartition, Long> offsets(Positions positions, Collection<String> topics) {
    List<TopicPartition> partitions = positions.partitions(topics);
    return switch (this) {
      case Beginning _ -> positions.begins(partitions);
      case Now _ -> positions.ends(partitions);
      case At(Instant time) -> positions.at(partitions, time);
    };
  }
}
