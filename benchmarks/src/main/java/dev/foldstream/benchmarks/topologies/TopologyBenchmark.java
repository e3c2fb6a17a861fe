package dev.foldstream.benchmarks.topologies;

import dev.foldstream.benchmarks.load.Contest;
import dev.foldstream.benchmarks.load.Options;
import dev.foldstream.benchmarks.read.Runs;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures topologies as documents beside the same by hand in the DSL, each in a JVM of its own,
 * and many of them in one topology-service.
 */
public final class TopologyBenchmark {

  private static final String HELP =
      """
      Usage: TopologyBenchmark [--only NAME,...] [--runs WARM-UPS,REPEATS]
        --only   of filter, window, many (all)
        --runs   2,3
        --in     a directory that keeps the orders for the next call (a new one)
        --jvm    one more option for the JVMs of the contenders, for a profile
      """;

  private final Path directory;
  private final DevServices services;
  private final Runs runs;
  private final String jvmOption;

  private TopologyBenchmark(Path directory, DevServices services, Runs runs, String jvmOption) {
    this.directory = directory;
    this.services = services;
    this.runs = runs;
    this.jvmOption = jvmOption;
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
      var orders = new Orders(services.kafka().bootstrapServers(), services.registry().url());
      orders.writeOnce();
      var runs = Runs.parse(options.text("--runs", "2,3"));
      var benchmark =
          new TopologyBenchmark(directory, services, runs, options.text("--jvm", "-Xshare:auto"));
      for (String name : options.names("--only", "filter,window,many")) {
        switch (name) {
          case "filter" -> benchmark.beside(TopologyContender.FILTER);
          case "window" -> benchmark.beside(TopologyContender.WINDOW);
          case "many" -> ManyTopologies.measure(directory, services, orders);
          default -> throw new IllegalArgumentException("unknown contender " + name + "\n" + HELP);
        }
      }
    }
  }

  private void beside(String document) throws Exception {
    var contest = new Contest<>(Worked.HEADER, Worked::parse, Worked::median, jvmOption);
    for (String form : List.of("by-hand", "document")) {
      contest.run(
          TopologyContender.class,
          List.of(
              document,
              form,
              runs.text(),
              services.kafka().bootstrapServers(),
              Long.toString(services.kafka().pid()),
              services.registry().url(),
              directory.resolve("streams").toString()));
    }
    contest.ratios(
        contest.medians(), "the topology by hand", row -> row.name().endsWith("by hand"));
  }
}
