package dev.foldstream.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * Closed-loop load on a running command-service: each caller deposits money, waits for the outcome,
 * and goes on. Prints the rate and the latencies of the measured time, after a warm-up that is not
 * counted.
 */
public final class CommandLoad {

  private static final int ACCOUNTS = 10_000;
  private static final int MAX_CALLERS = 1_000;
  private static final int MAX_SECONDS = 600;
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final String HELP =
      """
      Usage: CommandLoad [callers] [seconds] [warm-up seconds] [host]
        callers   concurrent callers, 1 to 1000 (32)
        seconds   measured time, 1 to 600 (20)
        warm-up   seconds before, not counted (20)
        host      of the command-service (http://127.0.0.1:8101)
      """;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI host;
  private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
  private final LongAdder failures = new LongAdder();

  private CommandLoad(URI host) {
    this.host = host;
  }

  public static void main(String[] arguments) throws Exception {
    if (List.of(arguments).contains("--help")) {
      System.out.print(HELP);
      return;
    }
    int callers = number(arguments, 0, 32, MAX_CALLERS);
    int seconds = number(arguments, 1, 20, MAX_SECONDS);
    int warmUp = number(arguments, 2, 20, MAX_SECONDS);
    var load =
        new CommandLoad(URI.create(arguments.length > 3 ? arguments[3] : "http://127.0.0.1:8101"));
    load.openAccounts();
    System.out.printf("warming up for %d s with %d callers%n", warmUp, callers);
    load.run(callers, warmUp);
    load.latencies.clear();
    load.failures.reset();
    load.run(callers, seconds);
    load.report(callers, seconds);
  }

  private static int number(String[] arguments, int index, int absent, int max) {
    int value = arguments.length > index ? Integer.parseInt(arguments[index]) : absent;
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(
          "argument %d is 1 to %d; found %d%n%s".formatted(index + 1, max, value, HELP));
    }
    return value;
  }

  private void openAccounts() throws Exception {
    var lines = new StringBuilder();
    for (int i = 0; i < ACCOUNTS; i++) {
      lines
          .append("{\"domain\":\"commerce\",\"aggregate\":\"account\",\"id\":\"load-")
          .append(i)
          .append("\",\"command\":\"OpenAccount\",\"data\":{\"owner\":\"Load\",")
          .append("\"email\":\"load@example.com\",\"currency\":\"EUR\"}}\n");
    }
    var request =
        HttpRequest.newBuilder(host.resolve("/commands"))
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines.toString()))
            .build();
    long start = System.nanoTime();
    var answer = client.send(request, BodyHandlers.ofString());
    double elapsed = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "opened %d accounts in one stream of lines: %.1f s, %.0f commands/s, status %d%n",
        ACCOUNTS, elapsed, ACCOUNTS / elapsed, answer.statusCode());
  }

  private void run(int callers, int seconds) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running =
          java.util.stream.IntStream.range(0, callers)
              .<Future<?>>mapToObj(caller -> threads.submit(() -> call(caller, end)))
              .toList();
      for (Future<?> caller : running) {
        caller.get();
      }
    }
  }

  private void call(int caller, long end) {
    var random = new Random(caller);
    while (System.nanoTime() < end) {
      var request =
          HttpRequest.newBuilder(
                  host.resolve(
                      "/commands/commerce/account/load-"
                          + random.nextInt(ACCOUNTS)
                          + "/DepositMoney"))
              .header("Content-Type", "application/json")
              .timeout(ANSWER)
              .POST(BodyPublishers.ofString("{\"amount\": \"1.00\"}"))
              .build();
      long start = System.nanoTime();
      try {
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status == 200) {
          latencies.add(System.nanoTime() - start);
        } else {
          failures.increment();
        }
      } catch (java.io.IOException e) {
        failures.increment();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void report(int callers, int seconds) {
    long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    if (sorted.length == 0) {
      System.out.printf("no command was answered; %d failed%n", failures.sum());
      return;
    }
    System.out.printf(
        "%d callers: %.0f commands/s, p50 %.1f ms, p99 %.1f ms, max %.1f ms, %d failed%n",
        callers,
        sorted.length / (double) seconds,
        millis(sorted, 0.50),
        millis(sorted, 0.99),
        Arrays.stream(sorted).max().orElse(0) / 1e6,
        failures.sum());
  }

  private static double millis(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
  }
}
