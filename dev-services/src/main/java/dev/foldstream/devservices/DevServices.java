package dev.foldstream.devservices;

import dev.foldstream.devservices.containers.ContainerServices;
import dev.foldstream.devservices.embedded.EmbeddedElasticsearch;
import dev.foldstream.devservices.embedded.EmbeddedKafka;
import dev.foldstream.devservices.embedded.EmbeddedPostgres;
import dev.foldstream.devservices.embedded.EmbeddedServices;
import dev.foldstream.devservices.parts.DevService;
import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.parts.ElasticsearchNode;
import dev.foldstream.devservices.parts.KafkaBroker;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.devservices.parts.PostgresServer;
import dev.foldstream.devservices.parts.SchemaRegistryServer;
import dev.foldstream.devservices.parts.ServiceProvider;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/**
 * The parts that Foldstream runs on, each started when it is first asked for.
 *
 * <p>{@code -Dfoldstream.services=embedded}, which is the default, runs them as child processes;
 * {@code containers} runs them with Testcontainers. A part that was stopped or killed stays so
 * until its own {@code start} or {@code restart}.
 */
public final class DevServices implements AutoCloseable {

  private final DirectoryLock lock;
  private final Map<Part, DevService> services = new EnumMap<>(Part.class);
  private final Map<Part, Once> started = new EnumMap<>(Part.class);

  private DevServices(ServiceProvider provider, DirectoryLock lock) {
    this.lock = lock;
    services.put(Part.KAFKA, provider.kafka());
    services.put(Part.POSTGRESQL, provider.postgres());
    services.put(Part.ELASTICSEARCH, provider.elasticsearch());
    services.put(Part.REGISTRY, provider.registry());
    services.forEach((part, service) -> started.put(part, new Once(service)));
  }

  /** The services of this JVM, in a directory below the module's target, closed when it exits. */
  public static DevServices shared() {
    return SharedServices.INSTANCE;
  }

  /** Services that keep their data and ports in this directory from one run to the next. */
  public static DevServices in(Path directory) {
    return builder(directory).build();
  }

  /**
   * Deletes what the services keep in this directory, and nothing else there. Refused while another
   * process works in it.
   */
  public static void clear(Path directory) {
    DataDirectory.clear(directory.toAbsolutePath().normalize());
  }

  public static Builder builder(Path directory) {
    return new Builder(directory);
  }

  public KafkaBroker kafka() {
    return (KafkaBroker) started(Part.KAFKA);
  }

  public PostgresServer postgres() {
    return (PostgresServer) started(Part.POSTGRESQL);
  }

  public ElasticsearchNode elasticsearch() {
    return (ElasticsearchNode) started(Part.ELASTICSEARCH);
  }

  public SchemaRegistryServer registry() {
    return (SchemaRegistryServer) started(Part.REGISTRY);
  }

  /** The part as it is, without starting it. */
  public DevService service(Part part) {
    return service(services, part);
  }

  /** Starts these parts, or all when none is named, side by side. */
  public DevServices start(Part... parts) {
    var wanted = parts.length == 0 ? List.of(Part.values()) : Arrays.asList(parts);
    sideBySide(wanted.stream().map(part -> (Runnable) () -> started(part)).toList());
    return this;
  }

  /** Stops all parts side by side. */
  @Override
  public void close() {
    try {
      sideBySide(services.values().stream().map(service -> (Runnable) service::close).toList());
    } finally {
      lock.close();
    }
  }

  private DevService started(Part part) {
    return service(started, part).get();
  }

  private static <T> T service(Map<Part, T> all, Part part) {
    T found = all.get(part);
    if (found == null) {
      throw new IllegalArgumentException("No service for " + part);
    }
    return found;
  }

  private static void sideBySide(Collection<Runnable> work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          work.stream()
              .map(one -> CompletableFuture.runAsync(one, threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(all).join();
    } catch (CompletionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new DevServiceException(String.valueOf(cause.getMessage()), cause);
    }
  }

  /** The first call starts, every other call waits for that start. */
  private static final class Once {
    private final DevService service;
    private boolean done;

    Once(DevService service) {
      this.service = service;
    }

    synchronized DevService get() {
      if (!done) {
        service.start();
        done = true;
      }
      return service;
    }
  }

  /** Where the data lies and what differs from the defaults. */
  public static final class Builder {
    private final Path directory;
    private final Map<Part, List<String>> jvmOptions = new EnumMap<>(Part.class);

    private Builder(Path directory) {
      this.directory = directory.toAbsolutePath().normalize();
    }

    /** Replaces the JVM options of an embedded part; those of PostgreSQL are its settings. */
    public Builder jvmOptions(Part part, List<String> options) {
      jvmOptions.put(part, List.copyOf(options));
      return this;
    }

    /** For measurements: servers that start slower and carry more. */
    public Builder forLoad() {
      return jvmOptions(Part.KAFKA, EmbeddedKafka.LOAD_JVM_OPTIONS)
          .jvmOptions(Part.POSTGRESQL, EmbeddedPostgres.LOAD_SETTINGS)
          .jvmOptions(Part.ELASTICSEARCH, EmbeddedElasticsearch.LOAD_JVM_OPTIONS);
    }

    public DevServices build() {
      var lock = DirectoryLock.of(directory);
      try {
        return new DevServices(provider(), lock);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    }

    private ServiceProvider provider() {
      String wanted = System.getProperty("foldstream.services", "embedded");
      return switch (wanted) {
        case "embedded" -> new EmbeddedServices(directory, jvmOptions);
        case "containers" -> new ContainerServices(directory);
        default ->
            throw new DevServiceException(
                "Wanted foldstream.services=embedded or containers, found " + wanted);
      };
    }
  }
}
