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
                "Registers stream topologies while it runs: checks, previews, runs, promotes and"
                    + " draws them."))
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Host.run(Main.class, "topology-service", args);
  }
}
