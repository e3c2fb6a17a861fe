package dev.foldstream.eventstore.decision;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.eventstore.counter.CounterDecider;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterSystem;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;

/** Decides in a process of its own, until it is killed or its parent ends. */
public final class DecidingProcess {

  private DecidingProcess() {}

  /** Starts another JVM that folds each event so slowly and then decides. */
  static Process started(CounterDomain domain, long nanosPerEvent) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx256m",
            "-D" + CounterDecider.SLOWLY + "=" + nanosPerEvent,
            "-cp",
            System.getProperty("java.class.path"),
            DecidingProcess.class.getName(),
            domain.name(),
            CounterSystem.bootstrapServers(),
            DevServices.shared().registry().url(),
            Integer.toString(domain.stateVersion()))
        .redirectErrorStream(true)
        .redirectOutput(new File("target/deciding-process.log"))
        .start();
  }

  public static void main(String[] args) throws Exception {
    var domain = new CounterDomain(args[0], Integer.parseInt(args[3]));
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
