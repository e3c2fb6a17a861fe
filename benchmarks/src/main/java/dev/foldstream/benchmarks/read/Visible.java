package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.wallet.WalletDomain;
import dev.foldstream.devservices.DevServices;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long after a command's outcome a query that carries its token is answered, through the three
 * hosts: commands come evenly spaced, whether those before were answered or not.
 */
final class Visible {

  private static final int PER_SECOND = 200;

  /** Three cold JVMs on two cores do not keep up in their first minute. */
  private static final Duration WARM_UP = Duration.ofSeconds(90);

  private static final Duration STRETCH = Duration.ofSeconds(20);
  private static final int WALLETS = 10_000;
  private static final int OK = 200;
  private static final String TOKEN = "Foldstream-Token";
  private static final String BODY = "{\"amount\":7,\"note\":\"%s\"}".formatted(WalletDomain.NOTE);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI commands;
  private final URI queries;
  private final AtomicLong failures = new AtomicLong();
  private volatile String lastFailure = "";

  private Visible(URI commands, URI queries) {
    this.commands = commands;
    this.queries = queries;
  }

  static void measure(Path directory, DevServices services, Runs runs)
      throws IOException, InterruptedException {
    String database = services.postgres().newDatabase("visible");
    try (var command = Host.start("command-service", directory, services, database);
        var projector = Host.start("projector", directory, services, database);
        var query = Host.start("query-service", directory, services, database)) {
      var visible = new Visible(command.uri(), query.uri());
      visible.stretch(WARM_UP);
      System.out.println("\n| commands/s | seen | p50 ms | p99 ms | max ms | failures |");
      System.out.println("|---|---|---|---|---|---|");
      for (int run = 0; run < runs.repeats(); run++) {
        System.out.println(visible.stretch(STRETCH));
      }
      if (!visible.lastFailure.isEmpty()) {
        System.out.println("the last failure: " + visible.lastFailure);
      }
      System.out.println("projector at " + projector.uri());
    }
  }

  /** A row of figures. */
  private String stretch(Duration duration) throws InterruptedException {
    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    long failedBefore = failures.get();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      long next = System.nanoTime();
      long until = next + duration.toNanos();
      while (next < until) {
        LockSupport.parkNanos(next - System.nanoTime());
        callers.execute(() -> call(millis));
        next += TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
      }
    }
    List<Double> sorted = millis.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "| %d | %d | %.1f | %.1f | %.1f | %d |",
        PER_SECOND,
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100),
        sorted.getLast(),
        failures.get() - failedBefore);
  }

  private void call(List<Double> millis) {
    String wallet = "wallet-" + ThreadLocalRandom.current().nextInt(WALLETS);
    try {
      HttpResponse<String> outcome =
          send(
              HttpRequest.newBuilder(commands.resolve("/commands/bench/wallet/" + wallet + "/Add"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(BODY))
                  .build());
      long from = System.nanoTime();
      send(
          HttpRequest.newBuilder(queries.resolve("/views/wallets/" + wallet))
              .header(TOKEN, outcome.headers().firstValue(TOKEN).orElseThrow())
              .header("Prefer", "wait=5")
              .build());
      millis.add((System.nanoTime() - from) / 1e6);
    } catch (IOException failed) {
      failures.incrementAndGet();
      lastFailure = String.valueOf(failed.getMessage());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException("wanted 200; found " + answer.statusCode() + ": " + answer.body());
    }
    return answer;
  }
}
