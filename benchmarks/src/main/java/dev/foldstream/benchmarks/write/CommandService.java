package dev.foldstream.benchmarks.write;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.process.ChildJvm;
import dev.foldstream.devservices.process.Launch;
import dev.foldstream.devservices.process.LocalHttp;
import dev.foldstream.devservices.process.ServerFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command-service in a JVM of its own, with the wallets as its domain. */
final class CommandService implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final String MODULE = "command-service";
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms256m",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final ChildJvm jvm;
  private final URI uri;

  private CommandService(ChildJvm jvm, URI uri) {
    this.jvm = jvm;
    this.uri = uri;
  }

  /** Returns when it is healthy. */
  static CommandService start(Path directory, DevServices services) throws IOException {
    int port = freePort();
    var classPath = new ArrayList<Path>(ServerFiles.classPath(MODULE));
    classPath.add(ServerFiles.codeSource(CommandService.class));
    var jvm =
        ChildJvm.start(
            new Launch(
                MODULE,
                directory,
                JVM_OPTIONS,
                classPath,
                "dev.foldstream.commandservice.Main",
                List.of(),
                environment(directory, services, port)));
    URI uri = URI.create("http://127.0.0.1:" + port);
    LocalHttp.awaitOk(uri + "/health", jvm, START);
    return new CommandService(jvm, uri);
  }

  private static Map<String, String> environment(Path directory, DevServices services, int port) {
    return Map.of(
        "MICRONAUT_SERVER_HOST",
        "127.0.0.1",
        "MICRONAUT_SERVER_PORT",
        Integer.toString(port),
        "KAFKA_BOOTSTRAP_SERVERS",
        services.kafka().bootstrapServers(),
        "FOLDSTREAM_SCHEMA_REGISTRY_URL",
        services.registry().url(),
        "FOLDSTREAM_TOPICS_PARTITIONS",
        "6",
        "FOLDSTREAM_TOPICS_REPLICATION_FACTOR",
        "1",
        "FOLDSTREAM_TOPICS_MIN_IN_SYNC_REPLICAS",
        "1",
        "FOLDSTREAM_STATE_DIRECTORY",
        directory.resolve("http-state").toString());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI uri() {
    return uri;
  }

  long pid() {
    return jvm.pid();
  }

  @Override
  public void close() {
    jvm.stop();
  }
}
