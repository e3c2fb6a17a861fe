package dev.foldstream.topology.document;

import java.time.Duration;

/** Which records are taken together. Times are those of the records. */
public sealed interface Window {

  /** How late a record may be and still count. */
  Duration grace();

  record Tumbling(Duration size, Duration grace) implements Window {}

  record Hopping(Duration size, Duration advance, Duration grace) implements Window {}

  /** All records at most this far apart. */
  record Sliding(Duration difference, Duration grace) implements Window {}

  /** Until nothing came for so long. */
  record Session(Duration gap, Duration grace) implements Window {}
}
