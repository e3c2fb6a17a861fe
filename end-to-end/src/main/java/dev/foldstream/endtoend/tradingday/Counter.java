package dev.foldstream.endtoend.tradingday;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Where commands are handed in. Some are handed in twice: the same command again, as after a lost
 * answer, or what is meant once more under another command id.
 */
final class Counter {

  private static final double SAID_AGAIN = 0.012;
  private static final double REPEATED = 0.008;

  private final Schedule schedule;
  private final Random random;
  private final List<CommandLine> lines = new ArrayList<>();

  Counter(Schedule schedule, Random random) {
    this.schedule = schedule;
    this.random = random;
  }

  List<CommandLine> lines() {
    return List.copyOf(lines);
  }

  /** Hands in a command that is harmless when it is meant once more. */
  void send(String aggregate, String id, String command, Object... data) {
    var line = hand(aggregate, id, command, data);
    if (random.nextDouble() < REPEATED) {
      var other = commandId();
      schedule.afterMillis(300, () -> lines.add(line.repeatedAs(other, schedule.now())));
    }
  }

  /** Hands in a command that counts each time it is meant. */
  void sendOnce(String aggregate, String id, String command, Object... data) {
    hand(aggregate, id, command, data);
  }

  private CommandLine hand(String aggregate, String id, String command, Object... data) {
    var line = new CommandLine(aggregate, id, command, fields(data), commandId(), schedule.now());
    lines.add(line);
    if (random.nextDouble() < SAID_AGAIN) {
      Instant later = schedule.now().plusMillis(2_000 + random.nextInt(28_000));
      schedule.at(later, () -> lines.add(line.saidAgainAt(later)));
    }
    return line;
  }

  static Map<String, Object> fields(Object... namesAndValues) {
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  static String money(long cents) {
    return "%d.%02d".formatted(cents / 100, cents % 100);
  }

  /** A random id in the form of version 4. */
  private String commandId() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
