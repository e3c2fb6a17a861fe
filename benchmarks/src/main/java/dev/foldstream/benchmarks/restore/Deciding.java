package dev.foldstream.benchmarks.restore;

import dev.foldstream.benchmarks.wallet.WalletDomain;
import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.eventstore.decision.DecisionHealth;
import dev.foldstream.eventstore.decision.DecisionSettings;
import dev.foldstream.eventstore.decision.DecisionWire;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Decides until its input ends. Prints {@code RUNNING <millis>} when all partitions are decided,
 * counted from the start of the application, and {@code ACCEPTED <count>} as commands are.
 *
 * <p>Arguments: bootstrap servers, the registry's URL, the state directory.
 */
final class Deciding {

  private static final int BETWEEN_LOOKS_MILLIS = 10;
  private static final int LOOKS_BETWEEN_COUNTS = 50;

  private Deciding() {}

  public static void main(String[] arguments) throws Exception {
    var settings =
        DecisionSettings.of(arguments[0], Path.of(arguments[2]), TopicSettings.SINGLE_BROKER);
    var wire =
        DecisionWire.of(
            new ConfluentSchemaRegistry(URI.create(arguments[1])),
            SchemaFiles.of(new WalletDomain()));
    try (var application =
        new DecisionApplication(new WalletDomain(), WalletDomain.wallet(), wire, settings)) {
      application.registerSchemas();
      long begun = System.nanoTime();
      application.start();
      while (!decides(application.health())) {
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
      }
      System.out.println("RUNNING " + (System.nanoTime() - begun) / 1_000_000);
      countUntilTheEnd(application);
    }
    System.exit(0);
  }

  private static boolean decides(DecisionHealth health) {
    return health.state() == DecisionHealth.State.RUNNING
        && health.partitions().size() == TopicSettings.SINGLE_BROKER.partitions();
  }

  private static void countUntilTheEnd(DecisionApplication application)
      throws IOException, InterruptedException {
    while (System.in.available() == 0) {
      System.out.println("ACCEPTED " + application.counts().accepted());
      Thread.sleep((long) BETWEEN_LOOKS_MILLIS * LOOKS_BETWEEN_COUNTS);
    }
  }
}
