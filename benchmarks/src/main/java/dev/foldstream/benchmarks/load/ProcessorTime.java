package dev.foldstream.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processor time of processes, from the counters of Linux ({@code /proc/<pid>/stat}, see proc(5)),
 * in ticks of 10 ms. Of a process with children it holds those that live and those that have ended.
 * The compilers of a JVM do not count: on two cores they need minutes, and a server that runs for
 * days does not.
 */
public final class ProcessorTime {

  private static final long MICROS_PER_TICK = 10_000;
  private static final int USER = 11;
  private static final int ENDED_CHILDREN_SYSTEM = 14;

  /** What Linux keeps of the names of HotSpot's compiler threads. */
  private static final List<String> COMPILERS = List.of("(C1 CompilerThre)", "(C2 CompilerThre)");

  private ProcessorTime() {}

  /** Microseconds that a process and its children have used. */
  public static long micros(long pid) {
    long ticks = ticks(stat(pid), ENDED_CHILDREN_SYSTEM) - compilers(pid);
    for (long child : children(pid)) {
      ticks += ticks(stat(child), USER + 1);
    }
    return ticks * MICROS_PER_TICK;
  }

  private static long compilers(long pid) {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return threads
          .map(thread -> read(thread.resolve("stat")))
          .filter(stat -> COMPILERS.stream().anyMatch(stat::contains))
          .mapToLong(stat -> ticks(stat, USER + 1))
          .sum();
    } catch (IOException ended) {
      return 0;
    }
  }

  /** Bytes of memory that a process holds. */
  public static long residentBytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  private static List<Long> children(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .map(ProcessHandle::pid)
        .toList();
  }

  private static String stat(long pid) {
    return read(Path.of("/proc/" + pid + "/stat"));
  }

  /** Empty when the process has ended. */
  private static String read(Path stat) {
    try {
      return Files.readString(stat);
    } catch (IOException ended) {
      return "";
    }
  }

  /** The fields from {@code utime} to the one given, counted behind the name of the command. */
  private static long ticks(String stat, int last) {
    if (stat.isEmpty()) {
      return 0;
    }
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long sum = 0;
    for (int field = USER; field <= last; field++) {
      sum += Long.parseLong(fields[field]);
    }
    return sum;
  }
}
