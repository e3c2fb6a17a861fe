package dev.foldstream.benchmarks.read;

import java.util.Arrays;

/**
 * Runs one contender in a JVM of its own.
 *
 * <p>Arguments: its name, the runs, then the parts.
 */
public final class ReadContender {

  private ReadContender() {}

  public static void main(String[] arguments) throws Exception {
    var runs = Runs.parse(arguments[1]);
    var parts = ReadParts.parse(arguments, 2);
    switch (arguments[0]) {
      case "live" -> runs.run(new Live(parts));
      case "rebuild" -> {
        try (var rebuilding = new Rebuilding(parts)) {
          runs.run(rebuilding);
        }
      }
      case "unnest" -> {
        runs.run(new Upserts(parts, 1));
        runs.run(new Upserts(parts, 2));
      }
      case "copy" -> runs.run(new Copying(parts));
      case "search" -> runs.run(new Searching(parts));
      case "bulk" -> {
        runs.run(new Bulks(parts, 1));
        runs.run(new Bulks(parts, 2));
      }
      default -> throw new IllegalArgumentException(Arrays.toString(arguments));
    }
    System.exit(0);
  }
}
