package dev.foldstream.quickstart;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.process.Ports;
import dev.foldstream.devservices.process.ServerFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The parts and the hosts on one machine, with their data in one directory.
 *
 * <p>{@code start} returns when every host calls itself healthy; when one does not, everything that
 * was started is stopped again. {@code close} stops the hosts, then the parts.
 */
public final class Installation implements AutoCloseable {

  private final DevServices services;
  private final HostLaunches launches;
  private final StartListener listener;
  private final Map<Host, Integer> ports = new EnumMap<>(Host.class);
  private final List<HostProcess> processes = new CopyOnWriteArrayList<>();
  private final Map<Host, HostProcess> first = new EnumMap<>(Host.class);
  private final Map<Host, Integer> instances = new EnumMap<>(Host.class);
  private volatile boolean closing;

  private Installation(Builder builder) {
    listener = builder.listener;
    launches =
        new HostLaunches(
            builder.directory, builder.domains(), builder.environment, builder.jvmOptions);
    for (Host host : builder.hosts) {
      int port = builder.fixedPorts ? host.port() : Ports.free();
      Ports.requireFree(port, host.module());
      ports.put(host, port);
    }
    services = builder.services();
  }

  /** Everything on free ports in a directory of the caller's. */
  public static Builder builder(Path directory) {
    return new Builder(directory);
  }

  void start() {
    try {
      startParts();
      startHosts();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void startParts() {
    SideBySide.run(
        ports.keySet().stream()
            .flatMap(host -> host.parts().stream())
            .distinct()
            .map(part -> (Runnable) () -> watched(part.title(), () -> services.start(part)))
            .toList(),
        services::close);
  }

  private void startHosts() {
    ports.forEach((host, port) -> first.put(host, process(host, port)));
    SideBySide.run(
        processes.stream()
            .map(process -> (Runnable) () -> watched(process.name(), process::start))
            .toList(),
        () -> processes.forEach(HostProcess::kill));
  }

  private void watched(String name, Runnable start) {
    if (closing) {
      return;
    }
    listener.starting(name);
    long began = System.nanoTime();
    start.run();
    listener.ready(name, Duration.ofNanos(System.nanoTime() - began));
  }

  private synchronized HostProcess process(Host host, int port) {
    int instance = instances.merge(host, 1, Integer::sum);
    String name = instance == 1 ? host.module() : host.module() + "-" + instance;
    var process = new HostProcess(launches.launch(host, name, port, services), port);
    processes.add(process);
    return process;
  }

  /** One more instance of a host, on a free port and with a state directory of its own. */
  public HostProcess startAnother(Host host) {
    var process = process(host, Ports.free());
    process.start();
    return process;
  }

  public DevServices services() {
    return services;
  }

  /** The first instance of a host. */
  public HostProcess host(Host host) {
    var found = first.get(host);
    if (found == null) {
      throw new IllegalArgumentException(
          "Wanted %s, found only %s: name it in hosts(...)".formatted(host, first.keySet()));
    }
    return found;
  }

  public HostProcess commandService() {
    return host(Host.COMMAND_SERVICE);
  }

  public HostProcess queryService() {
    return host(Host.QUERY_SERVICE);
  }

  public HostProcess projector() {
    return host(Host.PROJECTOR);
  }

  public HostProcess topologyService() {
    return host(Host.TOPOLOGY_SERVICE);
  }

  /** All instances of all hosts. */
  public List<HostProcess> processes() {
    return List.copyOf(processes);
  }

  @Override
  public void close() {
    closing = true;
    try {
      SideBySide.run(
          processes.stream().map(process -> (Runnable) process::close).toList(), () -> {});
    } finally {
      services.close();
    }
  }

  /** What an installation is made of. */
  public static final class Builder {
    private final Path directory;
    private final List<Path> domainJars = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<Host, List<String>> jvmOptions = new EnumMap<>(Host.class);
    private Set<Host> hosts = EnumSet.allOf(Host.class);
    private StartListener listener = StartListener.NONE;
    private boolean example = true;
    private boolean fixedPorts;
    private boolean load;

    private Builder(Path directory) {
      this.directory = directory.toAbsolutePath().normalize();
    }

    /** Jars with domains, beside the example unless that is left out. */
    public Builder domainJars(List<Path> jars) {
      jars.forEach(jar -> domainJars.add(jar.toAbsolutePath().normalize()));
      return this;
    }

    /** Leaves out the example domain, commerce. */
    public Builder withoutExample() {
      example = false;
      return this;
    }

    public Builder hosts(Host... wanted) {
      hosts = EnumSet.noneOf(Host.class);
      hosts.addAll(List.of(wanted));
      return this;
    }

    /** Environment variables of every host. */
    public Builder environment(Map<String, String> variables) {
      environment.putAll(variables);
      return this;
    }

    /** Replaces the JVM options of a host. */
    public Builder jvmOptions(Host host, List<String> options) {
      jvmOptions.put(host, List.copyOf(options));
      return this;
    }

    /** For measurements: Kafka and the hosts start slower and carry more. */
    public Builder forLoad() {
      load = true;
      for (Host host : Host.values()) {
        jvmOptions.putIfAbsent(host, HostLaunches.LOAD_JVM_OPTIONS);
      }
      return this;
    }

    /** The hosts get the ports of the quickstart instead of free ones. */
    public Builder fixedPorts() {
      fixedPorts = true;
      return this;
    }

    public Builder listener(StartListener watcher) {
      listener = watcher;
      return this;
    }

    private DevServices services() {
      var services = DevServices.builder(directory);
      return (load ? services.forLoad() : services).build();
    }

    private List<Path> domains() {
      var all = new ArrayList<Path>();
      if (example) {
        all.add(ServerFiles.jar("commerce"));
      }
      domainJars.forEach(jar -> all.add(ServerFiles.requiredDomain(jar)));
      return all;
    }

    /** The installation before its start, so that it can be closed while it starts. */
    Installation build() {
      return new Installation(this);
    }

    public Installation start() {
      var installation = build();
      installation.start();
      return installation;
    }
  }
}
