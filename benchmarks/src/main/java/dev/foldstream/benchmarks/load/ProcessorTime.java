package dev.foldstream.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor time of processes, from the counters of Linux ({@code /proc/<pid>/stat}, see proc(5)),
 * in ticks of 10 ms. Of a process with children it holds those that live and those that have ended.
 */
public final class ProcessorTime {

  private static final long MICROS_PER_TICK = 10_000;
  private static final int USER = 11;
  private static final int ENDED_CHILDREN_SYSTEM = 14;

  private ProcessorTime() {}

  /** Microseconds that a process and its children have used. */
  public static long micros(long pid) {
    long ticks = ticks(pid, ENDED_CHILDREN_SYSTEM);
    for (long child : children(pid)) {
      ticks += ticks(child, USER + 1);
    }
    return ticks * MICROS_PER_TICK;
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

  /** The fields from {@code utime} to the one given, counted behind the name of the command. */
  private static long ticks(long pid, int last) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long sum = 0;
      for (int field = USER; field <= last; field++) {
        sum += Long.parseLong(fields[field]);
      }
      return sum;
    } catch (IOException ended) {
      return 0;
    }
  }
}
