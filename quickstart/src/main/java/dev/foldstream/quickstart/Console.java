package dev.foldstream.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;

/** What the person at the terminal sees. */
final class Console implements StartListener {

  private final PrintStream out;
  private final long began = System.nanoTime();
  private volatile boolean stopping;

  Console(PrintStream out) {
    this.out = out;
  }

  @Override
  public void starting(String name) {
    out.println("  starting  " + name);
  }

  @Override
  public void ready(String name, Duration took) {
    out.printf(Locale.ROOT, "  ready     %-18s %5.1f s%n", name, seconds(took));
  }

  void banner(Installation installation, Path directory) {
    var services = installation.services();
    var values = new LinkedHashMap<String, Object>();
    values.put("seconds", String.format(Locale.ROOT, "%.1f", sinceStart()));
    values.put("commands", installation.commandService().uri());
    values.put("queries", installation.queryService().uri());
    values.put("projector", installation.projector().uri());
    values.put("topologies", installation.topologyService().uri());
    values.put("kafka", services.kafka().bootstrapServers());
    values.put("postgresql", services.postgres().jdbcUrl());
    values.put("user", services.postgres().user());
    values.put("password", services.postgres().password());
    values.put("elasticsearch", services.elasticsearch().url());
    values.put("registry", services.registry().url());
    values.put("directory", directory);
    String text = resource();
    for (var value : values.entrySet()) {
      text = text.replace("{" + value.getKey() + "}", value.getValue().toString());
    }
    out.print(text);
    out.flush();
  }

  private static String resource() {
    try (var in = Console.class.getResourceAsStream("banner.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double sinceStart() {
    return seconds(Duration.ofNanos(System.nanoTime() - began));
  }

  void stopping() {
    stopping = true;
    out.println("\nStopping ...");
  }

  boolean isStopping() {
    return stopping;
  }

  void stopped() {
    out.println("Stopped.");
  }

  private static double seconds(Duration took) {
    return took.toMillis() / 1000.0;
  }
}
