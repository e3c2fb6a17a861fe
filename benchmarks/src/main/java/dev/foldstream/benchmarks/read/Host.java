package dev.foldstream.benchmarks.read;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A host in a JVM of its own, with the wallets as its domain. */
final class Host implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms128m",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final ChildJvm jvm;
  private final URI uri;

  private Host(ChildJvm jvm, URI uri) {
    this.jvm = jvm;
    this.uri = uri;
  }

  /**
   * Returns when it is healthy.
   *
   * @param module {@code query-service}
   */
  static Host start(String module, Path directory, DevServices services, String database)
      throws IOException {
    int port = freePort();
    var classPath = new ArrayList<Path>(ServerFiles.classPath(module));
    classPath.add(ServerFiles.codeSource(Host.class));
    var jvm =
        ChildJvm.start(
            new Launch(
                module,
                directory,
                JVM_OPTIONS,
                classPath,
                "dev.foldstream.%s.Main".formatted(module.replace("-", "")),
                List.of(),
                environment(directory, services, database, port)));
    URI uri = URI.create("http://127.0.0.1:" + port);
    LocalHttp.awaitOk(uri + "/health", jvm, START);
    return new Host(jvm, uri);
  }

  private static Map<String, String> environment(
      Path directory, DevServices services, String database, int port) {
    var all = new HashMap<String, String>();
    all.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    all.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    all.put("KAFKA_BOOTSTRAP_SERVERS", services.kafka().bootstrapServers());
    all.put("FOLDSTREAM_SCHEMA_REGISTRY_URL", services.registry().url());
    all.put("FOLDSTREAM_TOPICS_PARTITIONS", "6");
    all.put("FOLDSTREAM_TOPICS_REPLICATION_FACTOR", "1");
    all.put("FOLDSTREAM_TOPICS_MIN_IN_SYNC_REPLICAS", "1");
    all.put("FOLDSTREAM_STATE_DIRECTORY", directory.resolve("visible-state").toString());
    all.put("FOLDSTREAM_POSTGRESQL_URL", database);
    all.put("FOLDSTREAM_POSTGRESQL_USER", services.postgres().user());
    all.put("FOLDSTREAM_POSTGRESQL_PASSWORD", services.postgres().password());
    return all;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    jvm.stop();
  }
}
