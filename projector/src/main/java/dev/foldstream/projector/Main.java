package dev.foldstream.projector;

import dev.foldstream.host.Host;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** Starts the projector. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Foldstream projector",
            version = "v1",
            description =
                "Folds events into views and keeps them in PostgreSQL and Elasticsearch. Says how"
                    + " far each view came, and why one stands still."))
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    Host.run(Main.class, "projector", args);
  }
}
