package dev.foldstream.commandservice.processes;

import dev.foldstream.eventstore.process.ProcessApplication;
import dev.foldstream.eventstore.process.ProcessSettings;
import dev.foldstream.eventstore.process.ProcessStart;
import dev.foldstream.eventstore.process.ProcessStatuses;
import dev.foldstream.eventstore.process.ProcessWire;
import dev.foldstream.eventstore.streams.StreamsSettings;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.domains.FoundProcess;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process application for each process type that is enabled. */
@Singleton
public final class Processes {

  private static final Logger LOG = LoggerFactory.getLogger(Processes.class);

  private final List<RunProcess> all;
  private final ProcessStatuses statuses;

  /** A type, and whether this instance runs it. */
  public record RunProcess(ProcessApplication application, boolean enabled) {}

  Processes(
      FoundDomains domains,
      SchemaRegistry registry,
      SchemaFiles files,
      KafkaSettings kafka,
      TopicsSettings topics,
      Collection<ProcessSwitch> switches,
      @Value("${foldstream.decisions.group-protocol:streams}") String groupProtocol,
      @Value("${foldstream.state-directory:.foldstream/state}") String stateDirectory,
      @Value("${foldstream.decisions.standbys:0}") int standbys,
      MeterRegistry meters) {
    var wire = ProcessWire.of(registry, files);
    var streams =
        new StreamsSettings(
            kafka.servers(),
            Path.of(stateDirectory),
            topics.asTopicSettings(),
            groupProtocol,
            standbys);
    this.all =
        domains.processes().stream()
            .map(found -> run(found, domains, wire, streams, switches, meters))
            .toList();
    this.statuses = new ProcessStatuses(kafka.servers(), applications(), wire);
    switches.stream()
        .filter(it -> find(it.name()).isEmpty())
        .forEach(
            it -> LOG.warn("There are settings for a process '{}', which is not there", it.name()));
  }

  private static RunProcess run(
      FoundProcess found,
      FoundDomains domains,
      ProcessWire wire,
      StreamsSettings streams,
      Collection<ProcessSwitch> switches,
      MeterRegistry meters) {
    var chosen = switches.stream().filter(it -> it.name().equals(found.name())).findFirst();
    var application =
        new ProcessApplication(
            domains.domain(found.domain()).orElseThrow(),
            found.feature(),
            wire,
            new ProcessSettings(streams, start(found, chosen)),
            created -> new KafkaStreamsMetrics(created).bindTo(meters));
    return new RunProcess(application, chosen.map(ProcessSwitch::enabled).orElse(true));
  }

  private static ProcessStart start(FoundProcess found, Optional<ProcessSwitch> chosen) {
    try {
      return ProcessStart.of(chosen.map(ProcessSwitch::start).orElse("now"));
    } catch (IllegalArgumentException wrong) {
      throw new StartRefusedException(
          "The setting foldstream.processes.%s.start: %s."
              .formatted(found.name(), wrong.getMessage()),
          wrong);
    }
  }

  /** All types, whether they run here or not. */
  public List<RunProcess> all() {
    return all;
  }

  /** Those that run here. */
  public List<ProcessApplication> running() {
    return all.stream().filter(RunProcess::enabled).map(RunProcess::application).toList();
  }

  private List<ProcessApplication> applications() {
    return all.stream().map(RunProcess::application).toList();
  }

  /** The type with this name, or with this name qualified by its domain. */
  public Optional<RunProcess> find(String name) {
    return all.stream()
        .filter(
            it ->
                it.application().process().name().equals(name)
                    || it.application().name().equals(name))
        .findFirst();
  }

  /** The same; a name of none is a problem. */
  RunProcess named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.UNKNOWN_PROCESS,
                    "Wanted one of the processes %s; found '%s'"
                        .formatted(
                            all.stream().map(it -> it.application().name()).toList(), name)));
  }

  public ProcessStatuses statuses() {
    return statuses;
  }

  /** Wants the topics to be there. */
  public void registerSchemas() {
    applications().forEach(ProcessApplication::registerSchemas);
  }

  /** Begins to follow how processes do, in all instances. */
  public void follow() {
    statuses.start();
    LOG.info("Runs the processes {}", running().stream().map(ProcessApplication::name).toList());
  }

  /** Ends them, side by side. */
  public void stop() {
    running().parallelStream().forEach(ProcessApplication::close);
    statuses.close();
  }
}
