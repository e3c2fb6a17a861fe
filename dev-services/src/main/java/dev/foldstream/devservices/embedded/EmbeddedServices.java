package dev.foldstream.devservices.embedded;

import dev.foldstream.devservices.parts.ElasticsearchNode;
import dev.foldstream.devservices.parts.KafkaBroker;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.devservices.parts.PostgresServer;
import dev.foldstream.devservices.parts.SchemaRegistryServer;
import dev.foldstream.devservices.parts.ServiceProvider;
import dev.foldstream.devservices.process.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The parts as child processes that keep their data below one directory. */
public final class EmbeddedServices implements ServiceProvider {

  /** Generous, because build machines are slow; a server that dies is noticed at once. */
  static final long START_TIMEOUT_SECONDS = 120;

  private final Path directory;
  private final Ports ports;
  private final Map<Part, List<String>> jvmOptions;

  /** JVM options that are given for a part replace the part's own. */
  public EmbeddedServices(Path directory, Map<Part, List<String>> jvmOptions) {
    this.directory = directory;
    this.jvmOptions = Map.copyOf(jvmOptions);
    ports = new Ports(directory.resolve("ports.properties"));
  }

  /** Stops the servers of this directory that do not end with their parent by themselves. */
  public static void stopOrphans(Path directory) {
    var cluster = new PostgresCluster(directory, directory.resolve("logs/postgresql.log"));
    if (cluster.postmaster().isPresent()) {
      cluster.stop("fast");
    }
  }

  @Override
  public KafkaBroker kafka() {
    return new EmbeddedKafka(
        directory, ports, jvmOptions.getOrDefault(Part.KAFKA, EmbeddedKafka.JVM_OPTIONS));
  }

  @Override
  public PostgresServer postgres() {
    return new EmbeddedPostgres(
        directory, ports, jvmOptions.getOrDefault(Part.POSTGRESQL, EmbeddedPostgres.SETTINGS));
  }

  @Override
  public ElasticsearchNode elasticsearch() {
    return new EmbeddedElasticsearch(
        directory,
        ports,
        jvmOptions.getOrDefault(Part.ELASTICSEARCH, EmbeddedElasticsearch.JVM_OPTIONS));
  }

  @Override
  public SchemaRegistryServer registry() {
    return new EmbeddedRegistry(
        directory, ports, jvmOptions.getOrDefault(Part.REGISTRY, EmbeddedRegistry.JVM_OPTIONS));
  }
}
