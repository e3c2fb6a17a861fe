package dev.foldstream.benchmarks.load;

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

/** A host in a JVM of its own, with the domains of the benchmarks. */
public final class HostProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final List<String> JVM_OPTIONS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private final ChildJvm jvm;
  private final URI uri;

  private HostProcess(ChildJvm jvm, URI uri) {
    this.jvm = jvm;
    this.uri = uri;
  }

  /**
   * Returns when it is healthy.
   *
   * @param module {@code query-service}
   * @param heap {@code -Xmx512m} and what else the JVM is told
   * @param domains classes that lie beside the domains to be served
   * @param more environment beside the addresses of Kafka and registry
   */
  public static HostProcess start(
      String module,
      Path directory,
      DevServices services,
      List<String> heap,
      List<Class<?>> domains,
      Map<String, String> more)
      throws IOException {
    int port = freePort();
    var classPath = new ArrayList<Path>(ServerFiles.classPath(module));
    domains.forEach(one -> classPath.add(ServerFiles.codeSource(one)));
    var options = new ArrayList<String>(heap);
    options.addAll(JVM_OPTIONS);
    var jvm =
        ChildJvm.start(
            new Launch(
                module,
                directory,
                options,
                classPath,
                "dev.foldstream.%s.Main".formatted(module.replace("-", "")),
                List.of(),
                environment(module, directory, services, port, more)));
    URI uri = URI.create("http://127.0.0.1:" + port);
    LocalHttp.awaitOk(uri + "/health", jvm, START);
    return new HostProcess(jvm, uri);
  }

  private static Map<String, String> environment(
      String module, Path directory, DevServices services, int port, Map<String, String> more) {
    var all = new HashMap<String, String>();
    all.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    all.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    all.put("KAFKA_BOOTSTRAP_SERVERS", services.kafka().bootstrapServers());
    all.put("FOLDSTREAM_SCHEMA_REGISTRY_URL", services.registry().url());
    all.put("FOLDSTREAM_TOPICS_PARTITIONS", "6");
    all.put("FOLDSTREAM_TOPICS_REPLICATION_FACTOR", "1");
    all.put("FOLDSTREAM_TOPICS_MIN_IN_SYNC_REPLICAS", "1");
    all.put("FOLDSTREAM_STATE_DIRECTORY", directory.resolve(module + "-state").toString());
    all.putAll(more);
    return all;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public URI uri() {
    return uri;
  }

  public long pid() {
    return jvm.pid();
  }

  @Override
  public void close() {
    jvm.stop();
  }
}
