package dev.foldstream.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * So many callers, each of which calls, waits for the answer, and calls again. What is answered
 * within the window counts; the second before it does not.
 *
 * @param aggregates which are asked at random
 * @param threads of the callers
 * @param ownMicros processor time of the process under test, to be read at any time
 * @param serverMicros the same of the servers it uses
 */
public record ClosedLoop(
    String name,
    int aggregates,
    ThreadFactory threads,
    LongSupplier ownMicros,
    LongSupplier serverMicros) {

  private static final Duration LEAD = Duration.ofSeconds(1);
  private static final int FIRST_LATENCIES = 4_096;

  /** Calls for so long without counting. */
  public void warmUp(Caller caller, int callers, Duration duration) throws InterruptedException {
    run(caller, callers, Duration.ZERO, duration);
  }

  public Measured measure(Caller caller, int callers, Duration window) throws InterruptedException {
    return run(caller, callers, LEAD, window);
  }

  private Measured run(Caller caller, int callers, Duration lead, Duration window)
      throws InterruptedException {
    long from = System.nanoTime() + lead.toNanos();
    long until = from + window.toNanos();
    var failures = new LongAdder();
    var loops = new ArrayList<Loop>();
    var running = new ArrayList<Thread>();
    for (int i = 0; i < callers; i++) {
      var loop = new Loop(caller, new SplittableRandom(i), aggregates, from, until, failures);
      loops.add(loop);
      Thread thread = threads.newThread(loop);
      thread.start();
      running.add(thread);
    }
    Thread.sleep(lead);
    long own = ownMicros.getAsLong();
    long server = serverMicros.getAsLong();
    Thread.sleep(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    own = ownMicros.getAsLong() - own;
    server = serverMicros.getAsLong() - server;
    for (Thread thread : running) {
      thread.join();
    }
    return measured(callers, window, latencies(loops), own, server, failures.sum());
  }

  private static long[] latencies(List<Loop> loops) {
    return loops.stream().flatMapToLong(Loop::latencies).sorted().toArray();
  }

  private Measured measured(
      int callers, Duration window, long[] nanos, long own, long server, long failures) {
    int calls = Math.max(1, nanos.length);
    return new Measured(
        name,
        callers,
        nanos.length * 1e9 / window.toNanos(),
        at(nanos, 0.50),
        at(nanos, 0.99),
        (double) own / calls,
        (double) server / calls,
        failures);
  }

  private static double at(long[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) (part * (sorted.length - 1))] / 1e6;
  }

  private static final class Loop implements Runnable {
    private final Caller caller;
    private final SplittableRandom random;
    private final int aggregates;
    private final long from;
    private final long until;
    private final LongAdder failures;
    private long[] nanos = new long[FIRST_LATENCIES];
    private int count;

    Loop(
        Caller caller,
        SplittableRandom random,
        int aggregates,
        long from,
        long until,
        LongAdder failures) {
      this.caller = caller;
      this.random = random;
      this.aggregates = aggregates;
      this.from = from;
      this.until = until;
      this.failures = failures;
    }

    @Override
    public void run() {
      long begun = System.nanoTime();
      while (begun < until) {
        boolean answered = call();
        long now = System.nanoTime();
        if (answered && now >= from && now < until) {
          keep(now - begun);
        }
        begun = now;
      }
    }

    private boolean call() {
      try {
        caller.call(random.nextInt(aggregates));
        return true;
      } catch (Exception failed) {
        failures.increment();
        return false;
      }
    }

    private void keep(long latency) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = latency;
    }

    LongStream latencies() {
      return Arrays.stream(nanos, 0, count);
    }
  }
}
