package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.streams.StreamsSettings;
import dev.foldstream.eventstore.topics.TopicSettings;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Runs the tally processes in a JVM of its own, until it is killed or its parent ends. */
public final class TallyProcess {

  private TallyProcess() {}

  static ProcessApplication application(
      CounterDomain domain,
      Duration alarm,
      ProcessStart start,
      String bootstrapServers,
      String registryUrl) {
    var process = Tallying.process(alarm);
    var all = new CounterDomain(domain.name(), 1, java.util.List.of(process));
    var wire =
        ProcessWire.of(new ConfluentSchemaRegistry(URI.create(registryUrl)), SchemaFiles.of(all));
    var streams =
        new StreamsSettings(
            bootstrapServers,
            Path.of("target", "state", UUID.randomUUID().toString()),
            TopicSettings.SINGLE_BROKER,
            StreamsSettings.STREAMS,
            0);
    return new ProcessApplication(all, process, wire, new ProcessSettings(streams, start));
  }

  /** Domain, bootstrap servers, registry, and milliseconds until the alarm. */
  public static void main(String[] args) throws Exception {
    var domain = new CounterDomain(args[0], 1);
    var alarm = Duration.ofMillis(Long.parseLong(args[3]));
    var application = application(domain, alarm, new ProcessStart.Now(), args[1], args[2]);
    application.registerSchemas();
    application.start();
    while (System.in.read() >= 0) {
      // The parent writes nothing; its end closes this stream.
    }
    System.exit(0);
  }
}
