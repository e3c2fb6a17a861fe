package dev.foldstream.endtoend.tradingday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Writes the commands of a plausible trading day, one JSON object a line, always the same.
 *
 * <p>Lines are in the order of time. What comes of them depends on the order within each aggregate
 * only. A test compares the checked-in file with {@link #lines()}.
 */
public final class TradingDay {

  private static final long SEED = 20_260_302;
  private static final Instant OPENING = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant CLOSING = Instant.parse("2026-03-02T20:00:00Z");

  private TradingDay() {}

  public static void main(String... arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException(
          "one argument is wanted, the file to write; found " + arguments.length);
    }
    Files.write(Path.of(arguments[0]), lines());
  }

  /** The lines of the file. */
  static List<String> lines() {
    var random = new Random(SEED);
    var schedule = new Schedule(OPENING, CLOSING);
    var counter = new Counter(schedule, random);
    var shop = new Shop(schedule, counter, random);
    shop.plan(OPENING);
    new Mishaps(schedule, counter, shop, random).plan(OPENING);
    schedule.run();
    return counter.lines().stream().map(CommandLine::json).toList();
  }
}
