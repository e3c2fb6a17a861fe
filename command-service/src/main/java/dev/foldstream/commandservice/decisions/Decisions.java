package dev.foldstream.commandservice.decisions;

import dev.foldstream.commandservice.commands.CommandSettings;
import dev.foldstream.commandservice.commands.FoldsUnderWay;
import dev.foldstream.commandservice.processes.Processes;
import dev.foldstream.eventstore.decision.DecisionApplication;
import dev.foldstream.eventstore.decision.DecisionWire;
import dev.foldstream.eventstore.decision.FoldProgress;
import dev.foldstream.eventstore.outcomes.OutcomeReader;
import dev.foldstream.eventstore.process.ProcessApplication;
import dev.foldstream.eventstore.quarantine.QuarantineReader;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicSetup;
import dev.foldstream.host.domains.FoundAggregate;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.settings.SchemasSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.kernel.StreamName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that must be there before the first request: topics, schemas, the reader of outcomes
 * and a decision application for each aggregate type. What is wrong with them refuses the start;
 * the state is folded behind it, while requests are answered already.
 */
@Context
public final class Decisions implements FoldsUnderWay {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

  private final FoundDomains domains;
  private final KafkaSettings kafka;
  private final TopicsSettings topics;
  private final SchemasSettings schemas;
  private final CommandSettings commands;
  private final OutcomeReader outcomes;
  private final QuarantineReader quarantine;
  private final Processes processes;
  private final List<DecisionApplication> applications;

  Decisions(
      FoundDomains domains,
      DecisionWire wire,
      OutcomeReader outcomes,
      DecidedOutcomes decided,
      QuarantineReader quarantine,
      KafkaSettings kafka,
      TopicsSettings topics,
      SchemasSettings schemas,
      CommandSettings commands,
      DecisionsSettings decisions,
      Processes processes,
      MeterRegistry meters) {
    this.domains = domains;
    this.kafka = kafka;
    this.topics = topics;
    this.schemas = schemas;
    this.commands = commands;
    this.outcomes = outcomes;
    this.quarantine = quarantine;
    this.processes = processes;
    var settings = decisions.asDecisionSettings(kafka, topics);
    this.applications =
        domains.aggregates().stream()
            .map(
                found ->
                    new DecisionApplication(
                        domains.domain(found.domain()).orElseThrow(),
                        found.feature(),
                        wire,
                        settings,
                        streams -> new KafkaStreamsMetrics(streams).bindTo(meters)))
            .toList();
    decided.of(applications);
  }

  public List<DecisionApplication> applications() {
    return applications;
  }

  @PostConstruct
  void start() {
    var patience = new StartPatience(commands.startWithin());
    patience.until("prepare the topics on Kafka at " + kafka.servers(), this::prepareTopics);
    if (schemas.register()) {
      patience.until(
          "register the schemas",
          () -> {
            applications.forEach(DecisionApplication::registerSchemas);
            processes.registerSchemas();
          });
    }
    for (ProcessApplication process : processes.running()) {
      // Before the first command is decided, so that no event is missed.
      patience.until("find where " + process.name() + " begins", process::fixStart);
    }
    patience.until("read the outcomes", () -> outcomes.start(CONNECT_WITHIN));
    quarantine.start();
    for (DecisionApplication application : applications) {
      patience.until("decide " + application.name(), application::check);
    }
    applications.forEach(DecisionApplication::startInBackground);
    for (ProcessApplication process : processes.running()) {
      patience.until("run " + process.name(), process::start);
    }
    processes.follow();
    LOG.info("Decides {}", domains.aggregates().stream().map(FoundAggregate::name).toList());
  }

  @Override
  public void check(StreamName stream, Duration patience) {
    String name = stream.domain() + "." + stream.category();
    for (DecisionApplication application : applications) {
      if (application.name().equals(name)) {
        check(name, application.fold(), patience);
      }
    }
  }

  private static void check(String name, FoldProgress fold, Duration patience) {
    Duration left = fold.left(Instant.now());
    boolean failed = fold.state() == FoldProgress.State.FAILED;
    boolean longer = left == null || left.compareTo(patience) > 0;
    if (failed || (fold.state() == FoldProgress.State.FOLDING && longer)) {
      throw new ProblemException(
              ProblemType.STILL_STARTING,
              "%s folds its state from the events before it decides; found %d of %d events folded, %s. Nothing was stored. See /deciders/%s"
                  .formatted(
                      name,
                      fold.eventsFolded(),
                      fold.eventsToDo(),
                      failed ? "and then it failed" : "which takes longer than you wait",
                      name))
          .retryAfter(retryAfter(left));
    }
  }

  private static Duration retryAfter(@Nullable Duration left) {
    return left == null || left.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : left;
  }

  private void prepareTopics() {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.servers(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) CONNECT_WITHIN.toMillis() / 2,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) CONNECT_WITHIN.toMillis());
    try (var admin = Admin.create(settings)) {
      TopicSetup.prepare(admin, domains.all(), topics.asTopicSettings());
    } catch (KafkaException noSuchAddress) {
      throw new KafkaUnreachableException("connect", CONNECT_WITHIN, noSuchAddress);
    }
  }

  @PreDestroy
  void stop() {
    processes.stop();
    // Side by side: each waits for its own last transaction.
    applications.parallelStream().forEach(DecisionApplication::close);
    outcomes.close();
    quarantine.close();
  }
}
