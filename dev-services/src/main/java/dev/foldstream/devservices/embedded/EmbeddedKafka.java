package dev.foldstream.devservices.embedded;

import dev.foldstream.devservices.parts.KafkaBroker;
import dev.foldstream.devservices.process.ChildJvm;
import dev.foldstream.devservices.process.Launch;
import dev.foldstream.devservices.process.Ports;
import dev.foldstream.devservices.process.ServerFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A KRaft node in a child JVM. */
public final class EmbeddedKafka implements KafkaBroker {

  /** Compiled for a quick start. */
  public static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms64m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** Compiled for throughput. */
  public static final List<String> LOAD_JVM_OPTIONS =
      List.of(
          "-Xms256m",
          "-Xmx1g",
          "-XX:+UseG1GC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final JvmServer server = new JvmServer(part().title());
  private final Path directory;
  private final List<String> jvmOptions;
  private final int port;
  private final int controllerPort;
  private volatile String clusterId = "";

  public EmbeddedKafka(Path directory, Ports ports, List<String> jvmOptions) {
    this.directory = directory;
    this.jvmOptions = List.copyOf(jvmOptions);
    port = ports.of("kafka");
    controllerPort = ports.of("kafka-controller");
  }

  @Override
  public synchronized void start() {
    server.start(this::launch).ifPresent(this::awaitReady);
  }

  private void awaitReady(ChildJvm child) {
    String found = child.awaitReady(EmbeddedServices.START_TIMEOUT_SECONDS);
    if (!clusterId.isEmpty() && !clusterId.equals(found)) {
      throw child.failed("came back as cluster " + found + ", wanted our cluster " + clusterId);
    }
    clusterId = found;
  }

  private ChildJvm launch() {
    Ports.requireFree(port, "Kafka");
    Ports.requireFree(controllerPort, "Kafka's controller");
    var arguments =
        List.of(
            directory.resolve("kafka").toString(),
            Integer.toString(port),
            Integer.toString(controllerPort));
    return ChildJvm.start(
        new Launch(
            "kafka",
            directory,
            jvmOptions,
            ServerFiles.classPath("dev-services/kafka-server"),
            "dev.foldstream.devservices.kafka.KafkaServerMain",
            arguments,
            Map.of()));
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void kill() {
    server.kill();
  }

  @Override
  public boolean isRunning() {
    return server.isRunning();
  }

  @Override
  public long pid() {
    return server.child().pid();
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Empty before the first start. */
  @Override
  public String clusterId() {
    return clusterId;
  }
}
