package dev.foldstream.benchmarks.write;

import dev.foldstream.benchmarks.load.Contest;
import dev.foldstream.benchmarks.load.Measured;
import dev.foldstream.benchmarks.load.Options;
import dev.foldstream.benchmarks.load.PeerModule;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures commands beside what users would otherwise get, each contender in a JVM of its own, all
 * in one run on real parts.
 */
public final class WriteBenchmark {

  private static final String HELP =
      """
      Usage: WriteBenchmark [--only NAME,...] [--rounds SECONDS,WARM-UP,REPEATS,CALLERS:...]
        --only    of table, axon, in-process, http, queue, memory (all; axon needs its classes:
                  make bench-write)
        --rounds  5,40,3,1:32:256
        --jvm     one more option for the JVMs of the contenders, for a profile
      """;
  private static final String AXON = "dev.foldstream.benchmarks.axon.AxonContender";
  private static final String ALL = "table,axon,in-process,http,queue,memory";

  private final Path directory;
  private final DevServices services;
  private final Contender.Rounds rounds;
  private final Contest<Measured> contest;

  private WriteBenchmark(
      Path directory, DevServices services, Contender.Rounds rounds, Contest<Measured> contest) {
    this.directory = directory;
    this.services = services;
    this.rounds = rounds;
    this.contest = contest;
  }

  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments);
    if (options.askForHelp()) {
      System.out.print(HELP);
      return;
    }
    var rounds = Contender.Rounds.parse(options.text("--rounds", "5,40,3,1:32:256"));
    Path directory = Files.createTempDirectory("foldstream-bench");
    try (var services = DevServices.builder(directory).forLoad().build()) {
      var contest =
          new Contest<>(
              Measured.header(),
              Measured::parse,
              Measured::median,
              options.text("--jvm", "-Xshare:auto"));
      var benchmark = new WriteBenchmark(directory, services, rounds, contest);
      for (String name : options.names("--only", ALL)) {
        benchmark.run(name);
      }
      contest.ratios(
          contest.medians(), "the " + EventsTable.NAME, row -> row.name().equals(EventsTable.NAME));
    }
  }

  private void run(String name) throws IOException, InterruptedException {
    switch (name) {
      case "table" -> {
        services.start(Part.POSTGRESQL);
        run(EventsTable.class, postgres());
        services.postgres().stop();
      }
      case "axon" -> {
        services.start(Part.POSTGRESQL);
        services.postgres().start();
        contest.run(AXON, PeerModule.classPath("axon"), withRounds(postgres()));
        services.postgres().stop();
      }
      case "in-process" -> {
        services.start(Part.KAFKA, Part.REGISTRY);
        run(InProcess.class, kafka());
      }
      case "queue" -> {
        services.start(Part.KAFKA, Part.REGISTRY);
        run(Queued.class, kafka());
      }
      case "http" -> {
        services.start(Part.KAFKA, Part.REGISTRY);
        overHttp();
      }
      case "memory" -> {
        services.start(Part.KAFKA, Part.REGISTRY);
        memory();
      }
      default -> throw new IllegalArgumentException("unknown contender " + name + "\n" + HELP);
    }
  }

  private void memory() throws IOException, InterruptedException {
    try (var service = CommandService.start(directory, services);
        var wallets =
            new Wallets(
                services.kafka().bootstrapServers(),
                URI.create(services.registry().url()),
                directory.resolve("unused"))) {
      ManyAggregates.measure(wallets, service);
    }
  }

  private void overHttp() throws IOException, InterruptedException {
    try (var service = CommandService.start(directory, services)) {
      run(
          OverHttp.class,
          List.of(
              service.uri().toString(),
              Long.toString(service.pid()),
              Long.toString(services.kafka().pid())));
    }
  }

  private List<String> postgres() {
    var postgres = services.postgres();
    return List.of(
        postgres.newDatabase("bench"),
        postgres.user(),
        postgres.password(),
        Long.toString(postgres.pid()));
  }

  private List<String> kafka() {
    return List.of(
        services.kafka().bootstrapServers(),
        services.registry().url(),
        directory.resolve("state").toString(),
        Long.toString(services.kafka().pid()));
  }

  private void run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
    contest.run(main, withRounds(arguments));
  }

  private List<String> withRounds(List<String> arguments) {
    return Stream.concat(arguments.stream(), Stream.of(rounds.text())).toList();
  }
}
