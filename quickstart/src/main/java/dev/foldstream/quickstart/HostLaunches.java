package dev.foldstream.quickstart;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.devservices.process.Launch;
import dev.foldstream.devservices.process.ServerFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the hosts of one installation are started. */
final class HostLaunches {

  static final String PARTITIONS = "6";

  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms32m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  static final List<String> LOAD_JVM_OPTIONS =
      List.of(
          "-Xms256m",
          "-Xmx1g",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Path directory;
  private final List<Path> domainJars;
  private final Map<String, String> environment;
  private final Map<Host, List<String>> jvmOptions;

  HostLaunches(
      Path directory,
      List<Path> domainJars,
      Map<String, String> environment,
      Map<Host, List<String>> jvmOptions) {
    this.directory = directory;
    this.domainJars = List.copyOf(domainJars);
    this.environment = Map.copyOf(environment);
    this.jvmOptions = Map.copyOf(jvmOptions);
  }

  Launch launch(Host host, String name, int port, DevServices services) {
    var classPath = new ArrayList<>(ServerFiles.classPath(host.module()));
    classPath.addAll(domainJars);
    return new Launch(
        name,
        directory,
        jvmOptions.getOrDefault(host, JVM_OPTIONS),
        classPath,
        host.mainClass(),
        List.of(),
        environment(host, name, port, services));
  }

  private Map<String, String> environment(Host host, String name, int port, DevServices services) {
    var all = new HashMap<String, String>();
    all.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    all.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    host.parts().forEach(part -> all.putAll(environment(part, services)));
    all.put("FOLDSTREAM_TOPICS_PARTITIONS", PARTITIONS);
    all.put("FOLDSTREAM_TOPICS_REPLICATION_FACTOR", "1");
    all.put("FOLDSTREAM_TOPICS_MIN_IN_SYNC_REPLICAS", "1");
    all.put("FOLDSTREAM_STATE_DIRECTORY", StateDirectory.of(directory).resolve(name).toString());
    all.putAll(environment);
    return all;
  }

  private static Map<String, String> environment(Part part, DevServices services) {
    return switch (part) {
      case KAFKA -> Map.of("KAFKA_BOOTSTRAP_SERVERS", services.kafka().bootstrapServers());
      case REGISTRY -> Map.of("FOLDSTREAM_SCHEMA_REGISTRY_URL", services.registry().url());
      case ELASTICSEARCH -> Map.of("FOLDSTREAM_ELASTICSEARCH_URL", services.elasticsearch().url());
      case POSTGRESQL ->
          Map.of(
              "FOLDSTREAM_POSTGRESQL_URL", services.postgres().jdbcUrl(),
              "FOLDSTREAM_POSTGRESQL_USER", services.postgres().user(),
              "FOLDSTREAM_POSTGRESQL_PASSWORD", services.postgres().password());
    };
  }
}
