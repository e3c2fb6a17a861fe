package dev.foldstream.benchmarks.query;

import dev.foldstream.devservices.process.ChildJvm;
import dev.foldstream.devservices.process.Launch;
import dev.foldstream.devservices.process.LocalHttp;
import dev.foldstream.devservices.process.Ports;
import dev.foldstream.devservices.process.ServerFiles;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One of those that are compared, in a JVM of its own, all with the same options. */
record Server(URI address, ChildJvm jvm) implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final String MODULE = "query-service";
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms256m",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dsun.net.httpserver.nodelay=true");

  static Server bare(Path directory, Database database) {
    int port = Ports.free();
    return started(
        port,
        new Launch(
            "bare-server",
            directory,
            JVM_OPTIONS,
            ownClassPath(),
            BareServer.class.getName(),
            List.of(Integer.toString(port), database.url(), database.user(), database.password()),
            Map.of()));
  }

  /**
   * @param rows that its cache keeps of each view
   */
  static Server queryService(
      Path directory, Database database, String registry, int rows, String jvmOption) {
    int port = Ports.free();
    var classPath = new ArrayList<>(ServerFiles.classPath(MODULE));
    classPath.add(ServerFiles.jar("commerce"));
    classPath.add(ServerFiles.codeSource(Server.class));
    var environment = new HashMap<String, String>();
    environment.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    environment.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    environment.put("FOLDSTREAM_POSTGRESQL_URL", database.url());
    environment.put("FOLDSTREAM_POSTGRESQL_USER", database.user());
    environment.put("FOLDSTREAM_POSTGRESQL_PASSWORD", database.password());
    environment.put("FOLDSTREAM_SCHEMA_REGISTRY_URL", registry);
    environment.put("FOLDSTREAM_TOPICS_PARTITIONS", Integer.toString(Orders.PARTITIONS));
    environment.put("FOLDSTREAM_CACHE_ROWS", Integer.toString(rows));
    return started(
        port,
        new Launch(
            MODULE,
            directory,
            with(jvmOption),
            classPath,
            "dev.foldstream.queryservice.Main",
            List.of(),
            environment));
  }

  private static List<String> with(String jvmOption) {
    return Stream.concat(JVM_OPTIONS.stream(), Stream.of(jvmOption)).toList();
  }

  private static List<Path> ownClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }

  private static Server started(int port, Launch launch) {
    URI address = URI.create("http://127.0.0.1:" + port);
    ChildJvm jvm = ChildJvm.start(launch);
    LocalHttp.awaitOk(address + "/health/liveness", jvm, START);
    return new Server(address, jvm);
  }

  long pid() {
    return jvm.pid();
  }

  @Override
  public void close() {
    jvm.stop();
  }
}
