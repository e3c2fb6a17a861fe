package dev.foldstream.eventstore.decision;

import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;

/** Decides in a process of its own, until it is killed or its parent ends. */
public final class DecidingProcess {

  private DecidingProcess() {}

  public static void main(String[] args) throws Exception {
    var domain = new CounterDomain(args[0], 1);
    var wire =
        DecisionWire.of(new ConfluentSchemaRegistry(URI.create(args[2])), SchemaFiles.of(domain));
    var settings =
        DecisionSettings.of(
            args[1],
            Path.of("target", "state", UUID.randomUUID().toString()),
            TopicSettings.SINGLE_BROKER);
    var application = new DecisionApplication(domain, domain.counter(), wire, settings);
    application.registerSchemas();
    application.start();
    while (System.in.read() >= 0) {
      // The parent writes nothing; its end closes this stream.
    }
    System.exit(0);
  }
}
