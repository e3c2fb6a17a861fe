package dev.foldstream.benchmarks.restore;

import dev.foldstream.benchmarks.wallet.WalletDomain;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.eventstore.topics.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Measures what a restart costs: fills the decision store of one instance, stops it in three ways,
 * and takes the time until it decides again. Also prints what a remembered command takes in the
 * changelog and on disk.
 */
public final class RestoreBenchmark {

  private static final int MAX_COMMANDS = 5_000_000;
  private static final Duration FILLED_WITHIN = Duration.ofMinutes(10);

  /** Longer than a session, so that no start waits for the one before. */
  private static final Duration SESSION_ENDED = Duration.ofSeconds(6);

  private static final String HELP =
      """
      Usage: RestoreBenchmark [--aggregates N] [--commands N]
        --aggregates  300000
        --commands    of each aggregate (1); more than 8 are remembered beside its entry
      """;

  private final DevServices services;
  private final Path state;

  private RestoreBenchmark(DevServices services, Path state) {
    this.services = services;
    this.state = state;
  }

  public static void main(String[] arguments) throws Exception {
    var options = List.of(arguments);
    if (options.contains("--help")) {
      System.out.print(HELP);
      return;
    }
    int aggregates = number(options, "--aggregates", 300_000);
    int commands = number(options, "--commands", 1);
    if ((long) aggregates * commands > MAX_COMMANDS) {
      throw new IllegalArgumentException(
          "aggregates times commands is at most %d%n%s".formatted(MAX_COMMANDS, HELP));
    }
    Path directory = Files.createTempDirectory("foldstream-restore");
    try (var services = DevServices.builder(directory).forLoad().build()) {
      services.start(Part.KAFKA, Part.REGISTRY);
      new RestoreBenchmark(services, directory.resolve("state")).run(aggregates, commands);
    }
  }

  private static int number(List<String> options, String name, int absent) {
    int at = options.indexOf(name);
    int value = at < 0 ? absent : Integer.parseInt(options.get(at + 1));
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1\n" + HELP);
    }
    return value;
  }

  private void run(int aggregates, int commands) throws Exception {
    String servers = services.kafka().bootstrapServers();
    long all = (long) aggregates * commands;
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      TopicSetup.prepare(admin, List.of(new WalletDomain()), TopicSettings.SINGLE_BROKER);
      var first = started();
      System.out.printf("| first start, nothing to restore | %d ms |%n", first.runningMillis());
      long begun = System.nanoTime();
      Filling.fill(servers, services.registry().url(), aggregates, commands);
      first.awaitAccepted(all, FILLED_WITHIN);
      System.out.printf(
          "| %d aggregates, %d commands each, decided | %d ms |%n",
          aggregates, commands, (System.nanoTime() - begun) / 1_000_000);
      System.out.printf("| changelog, bytes per command | %d |%n", changelogBytes(admin) / all);
      first.stop();
      System.out.printf("| store on disk, bytes per command | %d |%n", bytesBelow(state) / all);
    }
    var clean = started();
    System.out.printf("| start after a clean stop, with files | %d ms |%n", clean.runningMillis());
    clean.kill();
    pause();
    var unclean = started();
    System.out.printf("| start after kill -9, with files | %d ms |%n", unclean.runningMillis());
    unclean.kill();
    pause();
    delete(state);
    var bare = started();
    System.out.printf("| start after kill -9, without files | %d ms |%n", bare.runningMillis());
    bare.kill();
  }

  private DecidingChild started() throws IOException {
    return DecidingChild.start(
        services.kafka().bootstrapServers(), services.registry().url(), state);
  }

  private static void pause() throws InterruptedException {
    Thread.sleep(SESSION_ENDED);
  }

  private static long changelogBytes(Admin admin) throws Exception {
    var brokers = admin.describeCluster().nodes().get(30, TimeUnit.SECONDS);
    var ids = brokers.stream().map(node -> node.id()).toList();
    return admin.describeLogDirs(ids).allDescriptions().get(30, TimeUnit.SECONDS).values().stream()
        .flatMap(directories -> directories.values().stream())
        .flatMap(directory -> directory.replicaInfos().entrySet().stream())
        .filter(replica -> replica.getKey().topic().endsWith("-changelog"))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }

  private static long bytesBelow(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
