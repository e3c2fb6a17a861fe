package dev.foldstream.devservices.embedded;

import dev.foldstream.devservices.parts.ElasticsearchNode;
import dev.foldstream.devservices.process.ChildJvm;
import dev.foldstream.devservices.process.Launch;
import dev.foldstream.devservices.process.LocalHttp;
import dev.foldstream.devservices.process.Ports;
import dev.foldstream.devservices.process.ServerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An Elasticsearch node in a child JVM. */
public final class EmbeddedElasticsearch implements ElasticsearchNode {

  public static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms128m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          // The library is not published.
          "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false");

  public static final List<String> LOAD_JVM_OPTIONS =
      List.of(
          "-Xms512m",
          "-Xmx1g",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false");

  private final JvmServer server = new JvmServer(part().title());
  private final Path directory;
  private final List<String> jvmOptions;
  private final int port;

  public EmbeddedElasticsearch(Path directory, Ports ports, List<String> jvmOptions) {
    this.directory = directory;
    this.jvmOptions = List.copyOf(jvmOptions);
    port = ports.of("elasticsearch");
  }

  @Override
  public synchronized void start() {
    String cluster = clusterName();
    server.start(() -> launch(cluster)).ifPresent(child -> awaitReady(child, cluster));
  }

  private void awaitReady(ChildJvm child, String cluster) {
    child.awaitReady(EmbeddedServices.START_TIMEOUT_SECONDS);
    // A first query fails while the indices of an earlier run are still being opened.
    var health =
        LocalHttp.awaitOk(
            url() + "/_cluster/health?wait_for_status=yellow&timeout=2s",
            child,
            Duration.ofSeconds(EmbeddedServices.START_TIMEOUT_SECONDS));
    if (!health.body().contains("\"" + cluster + "\"") || !boundByUs()) {
      throw child.failed(
          "answers on %s as %s, wanted our cluster %s: stop the other node"
              .formatted(url(), health.body(), cluster));
    }
  }

  /** A name of its own for each directory, so that a foreign node is told from ours. */
  private String clusterName() {
    Path file = directory.resolve("elasticsearch.cluster");
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, "foldstream-" + UUID.randomUUID());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean boundByUs() {
    Path bound = directory.resolve("elasticsearch/logs/http.ports");
    try {
      return Files.readString(bound).contains("127.0.0.1:" + port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildJvm launch(String cluster) {
    Ports.requireFree(port, part().title());
    var arguments =
        List.of(directory.resolve("elasticsearch").toString(), Integer.toString(port), cluster);
    return ChildJvm.start(
        new Launch(
            "elasticsearch",
            directory,
            jvmOptions,
            ServerFiles.classPath("dev-services/elasticsearch-server"),
            "dev.foldstream.devservices.elasticsearch.ElasticsearchServerMain",
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
  public String url() {
    return "http://127.0.0.1:" + port;
  }
}
