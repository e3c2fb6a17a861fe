package dev.foldstream.quickstart;

import dev.foldstream.devservices.parts.Part;
import java.util.Set;

/** The hosts, and the ports they have in the quickstart. */
public enum Host {
  COMMAND_SERVICE("command-service", "dev.foldstream.commandservice.Main", 8101),
  QUERY_SERVICE("query-service", "dev.foldstream.queryservice.Main", 8102),
  PROJECTOR("projector", "dev.foldstream.projector.Main", 8103),
  TOPOLOGY_SERVICE("topology-service", "dev.foldstream.topologyservice.Main", 8104);

  private final String module;
  private final String mainClass;
  private final int port;

  Host(String module, String mainClass, int port) {
    this.module = module;
    this.mainClass = mainClass;
    this.port = port;
  }

  /** The name of the module, by which the host is known. */
  public String module() {
    return module;
  }

  /** What it works with. */
  public Set<Part> parts() {
    return switch (this) {
      case COMMAND_SERVICE -> Set.of(Part.KAFKA, Part.REGISTRY);
      case QUERY_SERVICE, PROJECTOR, TOPOLOGY_SERVICE -> Set.of(Part.values());
    };
  }

  public String mainClass() {
    return mainClass;
  }

  public int port() {
    return port;
  }
}
