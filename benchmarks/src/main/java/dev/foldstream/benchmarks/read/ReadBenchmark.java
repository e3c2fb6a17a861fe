package dev.foldstream.benchmarks.read;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms512m",
          "-Xmx1g",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path directory;
  private final DevServices services;
  private final Runs runs;
  private final String jvmOption;
  private final List<Throughput> rows = new ArrayList<>();

  private ReadBenchmark(Path directory, DevServices services, Runs runs, String jvmOption) {
    this.directory = directory;
    this.services = services;
    this.runs = runs;
    this.jvmOption = jvmOption;
  }

  public static void main(String[] arguments) throws Exception {
    var options = List.of(arguments);
    if (options.contains("--help")) {
      System.out.print(HELP);
      return;
    }
    String in = option(options, "--in", "");
    Path directory =
        in.isEmpty() ? Files.createTempDirectory("foldstream-bench") : Path.of(in).toAbsolutePath();
    try (var services = DevServices.builder(directory).forLoad().build()) {
      services.start(Part.KAFKA, Part.REGISTRY);
      Filling.fillOnce(services.kafka().bootstrapServers(), services.registry().url());
      var benchmark =
          new ReadBenchmark(
              directory,
              services,
              Runs.parse(option(options, "--runs", "2,3")),
              option(options, "--jvm", "-Xshare:auto"));
      System.out.println(Throughput.HEADER);
      for (String name : option(options, "--only", ALL).split(",", -1)) {
        benchmark.run(name);
      }
      benchmark.report();
    }
  }

  private static String option(List<String> options, String name, String absent) {
    int at = options.indexOf(name);
    return at < 0 ? absent : options.get(at + 1);
  }

  private void run(String name) throws IOException, InterruptedException {
    switch (name) {
      case "debezium" -> run(DEBEZIUM, debeziumClassPath(), name, true, false);
      case "unnest", "copy", "live", "rebuild" ->
          run(ReadContender.class.getName(), "", name, true, false);
      case "bulk", "search" -> run(ReadContender.class.getName(), "", name, false, true);
      case "visible" -> Visible.measure(directory, services, runs);
      default -> throw new IllegalArgumentException("unknown contender " + name + "\n" + HELP);
    }
  }

  private static String debeziumClassPath() throws IOException {
    Path module = Path.of(System.getProperty("foldstream.root", "."), "benchmarks", "debezium");
    Path classPath = module.resolve("target/classpath.txt");
    if (Files.notExists(classPath)) {
      throw new IllegalStateException(
          "wanted %s, found none: build it with ./mvnw -q -DskipTests -Ppeers -pl benchmarks/debezium -am package"
              .formatted(classPath));
    }
    return File.pathSeparator
        + module.resolve("target/classes")
        + File.pathSeparator
        + Files.readString(classPath).strip();
  }

  private void run(
      String main, String moreClassPath, String name, boolean postgres, boolean elasticsearch)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add(jvmOption);
    command.addAll(List.of("-cp", System.getProperty("java.class.path") + moreClassPath, main));
    command.addAll(List.of(name, runs.text()));
    command.addAll(ReadParts.of(services, postgres, elasticsearch).arguments());
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (Stream<String> lines = process.inputReader().lines()) {
      lines.filter(line -> line.startsWith("|")).forEach(this::take);
    }
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(main + " ended with " + code);
    }
    if (postgres) {
      services.postgres().stop();
      services.postgres().start();
    }
  }

  private void take(String row) {
    System.out.println(row);
    rows.add(Throughput.parse(row));
  }

  /** The medians, and what each is against Debezium's best or against bare bulk indexing. */
  private void report() {
    var groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(Throughput::name, LinkedHashMap::new, Collectors.toList()));
    System.out.println("\nMedians\n\n" + Throughput.HEADER);
    List<Throughput> medians = groups.values().stream().map(Throughput::median).toList();
    medians.forEach(median -> System.out.println(median.row()));
    ratios(medians, "Debezium");
    ratios(medians, "bare bulk");
  }

  private static void ratios(List<Throughput> medians, String peer) {
    double best =
        medians.stream()
            .filter(median -> median.name().startsWith(peer))
            .mapToDouble(Throughput::perSecond)
            .max()
            .orElse(0);
    if (best > 0) {
      System.out.println("\nRate over the best rate of " + peer);
      medians.forEach(
          median ->
              System.out.printf(
                  Locale.ROOT, "%s: %.2f%n", median.name(), median.perSecond() / best));
    }
  }
}
