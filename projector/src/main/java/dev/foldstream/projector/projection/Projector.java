package dev.foldstream.projector.projection;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicMismatchException;
import dev.foldstream.eventstore.topics.TopicSetup;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.projector.journal.JournalDecoder;
import dev.foldstream.schemas.wire.WireCodec;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one worker for each view and store, from the start of the host to its end. */
@Context
public final class Projector {

  private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

  private final FoundDomains domains;
  private final KafkaSettings kafka;
  private final TopicsSettings topics;
  private final List<ProjectionWorker> workers;

  public Projector(
      FoundDomains domains,
      KafkaSettings kafka,
      TopicsSettings topics,
      ProjectorSettings settings,
      QuarantineSettings quarantine,
      ProjectionStores stores,
      WireCodec codec) {
    this.domains = domains;
    this.kafka = kafka;
    this.topics = topics;
    var consumers = new LogConsumers(kafka.servers(), settings);
    var events = new EventDecoder(domains.all(), codec);
    var entries = new JournalDecoder(domains);
    String owner =
        ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);
    this.workers =
        stores.targets().stream()
            .map(
                target ->
                    new ProjectionWorker(
                        target,
                        consumers,
                        target.isJournal() ? entries : events,
                        settings.sharedBy(stores.targets().size()),
                        quarantine,
                        owner))
            .toList();
  }

  @PostConstruct
  void start() {
    checkTopics();
    workers.forEach(ProjectionWorker::start);
  }

  /** A cluster that does not answer is waited for by each worker; one that is wrong is refused. */
  private void checkTopics() {
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.servers()))) {
      TopicSetup.prepare(admin, domains.all(), topics.asTopicSettings());
    } catch (TopicMismatchException mismatch) {
      throw new StartRefusedException(String.valueOf(mismatch.getMessage()), mismatch);
    } catch (KafkaUnreachableException away) {
      LOG.warn("The topics were not checked, views wait for Kafka: {}", away.getMessage());
    }
  }

  /** In order of address and store. */
  public List<WorkerProgress> progress() {
    return workers.stream().map(ProjectionWorker::progress).toList();
  }

  @PreDestroy
  void close() {
    var closing =
        workers.stream().map(worker -> CompletableFuture.runAsync(worker::close)).toList();
    closing.forEach(CompletableFuture::join);
  }
}
