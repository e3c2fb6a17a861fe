package dev.foldstream.devservices.containers;

import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.parts.ElasticsearchNode;
import dev.foldstream.devservices.parts.KafkaBroker;
import dev.foldstream.devservices.parts.PostgresServer;
import dev.foldstream.devservices.parts.SchemaRegistryServer;
import dev.foldstream.devservices.parts.ServiceProvider;
import dev.foldstream.devservices.process.Ports;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;

/**
 * The parts as containers that live as long as this JVM; their data goes with them. Needs
 * Testcontainers on the class path, which {@code -Dfoldstream.services=containers} adds to the
 * build.
 */
public final class ContainerServices implements ServiceProvider {

  private final Ports ports;

  public ContainerServices(Path directory) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new DevServiceException(
          "Wanted Docker, because foldstream.services=containers, found none that answers: start it, "
              + "or use -Dfoldstream.services=embedded");
    }
    ports = new Ports(directory.resolve("ports.properties"));
  }

  @Override
  public KafkaBroker kafka() {
    return new ContainerKafka(ports);
  }

  @Override
  public PostgresServer postgres() {
    return new ContainerPostgres(ports);
  }

  @Override
  public ElasticsearchNode elasticsearch() {
    return new ContainerElasticsearch(ports);
  }

  @Override
  public SchemaRegistryServer registry() {
    return new ContainerRegistry(ports);
  }
}
