package dev.foldstream.queryservice;

import dev.foldstream.host.Host;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** Starts the query-service. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Foldstream query-service",
            version = "v1",
            description =
                "Reads views: by key, by filter, order and page, and by text. Every answer carries a"
                    + " Foldstream-Token; sent back, it makes a query wait until the view has seen"
                    + " at least that much."))
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Host.run(Main.class, "query-service", args);
  }
}
