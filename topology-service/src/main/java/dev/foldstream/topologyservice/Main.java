package dev.foldstream.topologyservice;

import dev.foldstream.host.Host;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** Starts the topology-service. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Foldstream topology-service",
            version = "v1",
            description =
                "The host of stream topologies. It has no registry yet: the list of topologies is"
                    + " empty, and nothing can be registered."))
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Host.run(Main.class, "topology-service", args);
  }
}
