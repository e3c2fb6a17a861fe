package dev.foldstream.benchmarks.write;

import dev.foldstream.benchmarks.load.HostProcess;
import dev.foldstream.benchmarks.load.ProcessorTime;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** How much memory a command-service holds after it has decided for a million aggregates. */
final class ManyAggregates {

  private static final int AGGREGATES = 1_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Pattern ACCEPTED = Pattern.compile("\"accepted\"\\s*:\\s*([0-9]+)");
  private static final double MEBIBYTE = 1024.0 * 1024.0;

  private ManyAggregates() {}

  static void measure(Wallets wallets, HostProcess service)
      throws IOException, InterruptedException {
    wallets.queue(AGGREGATES, AGGREGATES);
    long until = System.nanoTime() + PATIENCE.toNanos();
    long most = 0;
    while (accepted(service) < AGGREGATES) {
      most = Math.max(most, ProcessorTime.residentBytes(service.pid()));
      if (System.nanoTime() > until) {
        throw new IllegalStateException("wanted a million aggregates decided within " + PATIENCE);
      }
      Thread.sleep(LOOK);
    }
    System.out.printf(
        Locale.ROOT,
        "%nThe command-service with %d aggregates holds %.0f MiB, and %.0f MiB at most on the way%n",
        AGGREGATES,
        ProcessorTime.residentBytes(service.pid()) / MEBIBYTE,
        most / MEBIBYTE);
  }

  private static long accepted(HostProcess service) throws IOException {
    var connection =
        (HttpURLConnection) service.uri().resolve("/deciders/wallet").toURL().openConnection();
    try (var body = connection.getInputStream()) {
      var found = ACCEPTED.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
  }
}
