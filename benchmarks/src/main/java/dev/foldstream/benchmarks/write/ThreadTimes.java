package dev.foldstream.benchmarks.write;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Which threads of this JVM used the processor, by the beginning of their names. */
final class ThreadTimes {

  private static final int NAME = 32;

  private final Map<Long, Long> before = nanos();
  private final long ownBefore = Contender.ownMicros();

  private static Map<Long, Long> nanos() {
    var threads = ManagementFactory.getThreadMXBean();
    var all = new HashMap<Long, Long>();
    for (long id : threads.getAllThreadIds()) {
      all.put(id, threads.getThreadCpuTime(id));
    }
    return all;
  }

  /** Microseconds per operation; what no Java thread used is collectors and natives. */
  String since(double operations) {
    var threads = ManagementFactory.getThreadMXBean();
    var byName = new TreeMap<String, Double>();
    double sum = 0;
    for (Map.Entry<Long, Long> now : nanos().entrySet()) {
      ThreadInfo info = threads.getThreadInfo(now.getKey());
      double micros = (now.getValue() - before.getOrDefault(now.getKey(), 0L)) / 1e3 / operations;
      if (info != null && micros >= 0.1) {
        String name = info.getThreadName();
        byName.merge(name.substring(0, Math.min(NAME, name.length())), micros, Double::sum);
        sum += micros;
      }
    }
    byName.put("no Java thread", (Contender.ownMicros() - ownBefore) / operations - sum);
    var text = new StringBuilder("CPU us by thread:");
    byName.forEach(
        (name, micros) -> text.append(String.format(Locale.ROOT, " %s %.1f;", name, micros)));
    return text.toString();
  }
}
