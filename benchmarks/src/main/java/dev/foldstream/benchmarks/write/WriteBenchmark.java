package dev.foldstream.benchmarks.write;

import dev.foldstream.benchmarks.load.Measured;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms512m",
          "-Xmx1g",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path directory;
  private final DevServices services;
  private final Contender.Rounds rounds;
  private final String jvmOption;
  private final List<Measured> rows = new ArrayList<>();

  private WriteBenchmark(
      Path directory, DevServices services, Contender.Rounds rounds, String jvmOption) {
    this.directory = directory;
    this.services = services;
    this.rounds = rounds;
    this.jvmOption = jvmOption;
  }

  public static void main(String[] arguments) throws Exception {
    var options = List.of(arguments);
    if (options.contains("--help")) {
      System.out.print(HELP);
      return;
    }
    var rounds = Contender.Rounds.parse(option(options, "--rounds", "5,40,3,1:32:256"));
    var only =
        List.of(
            option(options, "--only", "table,axon,in-process,http,queue,memory").split(",", -1));
    Path directory = Files.createTempDirectory("foldstream-bench");
    try (var services = DevServices.builder(directory).forLoad().build()) {
      var benchmark =
          new WriteBenchmark(directory, services, rounds, option(options, "--jvm", "-Xshare:auto"));
      System.out.println(Measured.header());
      for (String name : only) {
        benchmark.run(name);
      }
      benchmark.report();
    }
  }

  /** The medians, and what each is against the best of the hand-written table. */
  private void report() {
    var groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.name() + row.callers(), LinkedHashMap::new, Collectors.toList()));
    System.out.println("\nMedians\n\n" + Measured.header());
    var medians = groups.values().stream().map(Measured::median).toList();
    medians.forEach(median -> System.out.println(median.row()));
    double best =
        medians.stream()
            .filter(median -> median.name().equals(EventsTable.NAME))
            .mapToDouble(Measured::perSecond)
            .max()
            .orElse(0);
    if (best > 0) {
      System.out.println("\nRate over the best rate of the " + EventsTable.NAME);
      medians.forEach(
          median ->
              System.out.printf(
                  Locale.ROOT,
                  "%s, %d callers: %.2f%n",
                  median.name(),
                  median.callers(),
                  median.perSecond() / best));
    }
  }

  private static String option(List<String> options, String name, String absent) {
    int at = options.indexOf(name);
    return at < 0 ? absent : options.get(at + 1);
  }

  private void run(String name) throws IOException, InterruptedException {
    switch (name) {
      case "table" -> {
        services.start(Part.POSTGRESQL);
        run(EventsTable.class.getName(), "", postgres());
        services.postgres().stop();
      }
      case "axon" -> {
        services.start(Part.POSTGRESQL);
        services.postgres().start();
        run(AXON, axonClassPath(), postgres());
        services.postgres().stop();
      }
      case "in-process" -> {
        services.start(Part.KAFKA, Part.REGISTRY);
        run(InProcess.class.getName(), "", kafka());
      }
      case "queue" -> {
        services.start(Part.KAFKA, Part.REGISTRY);
        run(Queued.class.getName(), "", kafka());
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

  private void take(String row) {
    System.out.println(row);
    rows.add(Measured.parse(row));
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
          OverHttp.class.getName(),
          "",
          List.of(
              service.uri().toString(),
              Long.toString(service.pid()),
              Long.toString(services.kafka().pid())));
    }
  }

  private static String axonClassPath() throws IOException {
    Path module = Path.of(System.getProperty("foldstream.root", "."), "benchmarks", "axon");
    Path classPath = module.resolve("target/classpath.txt");
    if (Files.notExists(classPath)) {
      throw new IllegalStateException(
          "wanted %s, found none: build it with ./mvnw -q -DskipTests -Ppeers -pl benchmarks/axon -am package"
              .formatted(classPath));
    }
    return File.pathSeparator
        + module.resolve("target/classes")
        + File.pathSeparator
        + Files.readString(classPath).strip();
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

  private void run(String main, String moreClassPath, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add(jvmOption);
    command.addAll(List.of("-cp", System.getProperty("java.class.path") + moreClassPath, main));
    command.addAll(arguments);
    command.add(rounds.text());
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (Stream<String> lines = process.inputReader().lines()) {
      lines.filter(line -> line.startsWith("|")).forEach(this::take);
    }
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(main + " ended with " + code);
    }
  }
}
