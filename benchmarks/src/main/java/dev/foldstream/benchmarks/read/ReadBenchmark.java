package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.load.Contest;
import dev.foldstream.benchmarks.load.Options;
import dev.foldstream.benchmarks.load.PeerModule;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures views beside what users would otherwise get, each contender in a JVM of its own, all in
 * one run on real parts.
 */
public final class ReadBenchmark {

  private static final String HELP =
      """
      Usage: ReadBenchmark [--only NAME,...] [--runs WARM-UPS,REPEATS]
        --only   of debezium, unnest, copy, live, rebuild, bulk, search, visible (all; debezium
                 needs its classes: make bench-read)
        --runs   2,3
        --in     a directory that keeps the events for the next call (a new one)
        --jvm    one more option for the JVMs of the contenders, for a profile
      """;
  private static final String ALL = "debezium,unnest,copy,live,rebuild,bulk,search,visible";
  private static final String DEBEZIUM = "dev.foldstream.benchmarks.debezium.DebeziumContender";

  private final Path directory;
  private final DevServices services;
  private final Runs runs;
  private final Contest<Throughput> contest;

  private ReadBenchmark(
      Path directory, DevServices services, Runs runs, Contest<Throughput> contest) {
    this.directory = directory;
    this.services = services;
    this.runs = runs;
    this.contest = contest;
  }

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments);
    if (options.askForHelp()) {
      System.out.print(HELP);
      return;
    }
    String in = options.text("--in", "");
    Path directory =
        in.isEmpty() ? Files.createTempDirectory("foldstream-bench") : Path.of(in).toAbsolutePath();
    try (var services = DevServices.builder(directory).forLoad().build()) {
      services.start(Part.KAFKA, Part.REGISTRY);
      Filling.fillOnce(services.kafka().bootstrapServers(), services.registry().url());
      var contest =
          new Contest<>(
              Throughput.HEADER,
              Throughput::parse,
              Throughput::median,
              options.text("--jvm", "-Xshare:auto"));
      var runs = Runs.parse(options.text("--runs", "2,3"));
      var benchmark = new ReadBenchmark(directory, services, runs, contest);
      for (String name : options.names("--only", ALL)) {
        benchmark.run(name);
      }
      List<Throughput> medians = contest.medians();
      contest.ratios(medians, "Debezium", row -> row.name().startsWith("Debezium"));
      contest.ratios(medians, "bare bulk", row -> row.name().startsWith("bare bulk"));
    }
  }

  private void run(String name) throws IOException, InterruptedException {
    switch (name) {
      case "debezium" -> run(DEBEZIUM, PeerModule.classPath("debezium"), name, true, false);
      case "unnest", "copy", "live", "rebuild" ->
          run(ReadContender.class.getName(), "", name, true, false);
      case "bulk", "search" -> run(ReadContender.class.getName(), "", name, false, true);
      case "visible" -> Visible.measure(directory, services, runs);
      default -> throw new IllegalArgumentException("unknown contender " + name + "\n" + HELP);
    }
  }

  private void run(
      String main, String moreClassPath, String name, boolean postgres, boolean elasticsearch)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of(name, runs.text()));
    arguments.addAll(ReadParts.of(services, postgres, elasticsearch).arguments());
    contest.run(main, moreClassPath, arguments);
    if (postgres) {
      services.postgres().stop();
      services.postgres().start();
    }
  }
}
