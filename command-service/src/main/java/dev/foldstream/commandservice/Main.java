package dev.foldstream.commandservice;

import dev.foldstream.host.Host;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** Starts the command-service. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Foldstream command-service",
            version = "v1",
            description =
                "Takes commands, one at a time or as a stream of lines, and answers with what became"
                    + " of them. Every outcome carries a Foldstream-Token; sent to the query-service,"
                    + " it makes a query wait until the view has seen at least that much."))
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Host.run(Main.class, "command-service", args);
  }
}
