package dev.foldstream.projector.projection;

import dev.foldstream.eventstore.log.EventDecoder;
import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicMismatchException;
import dev.foldstream.eventstore.topics.TopicSetup;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.registered.RegisteredView;
import dev.foldstream.host.registered.RegisteredViews;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.projector.journal.JournalDecoder;
import dev.foldstream.projector.registered.RowsDecoder;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import dev.foldstream.viewstore.registered.RowsView;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one worker for each view and store, from the start of the host to its end; for a view that a
 * registered topology makes, from when it is registered until its version is no longer kept.
 */
@Context
public final class Projector {

  private static final Logger LOG = LoggerFactory.getLogger(Projector.class);

  private final FoundDomains domains;
  private final KafkaSettings kafka;
  private final TopicsSettings topics;
  private final ProjectionStores stores;
  private final RegisteredViews registered;
  private final Function<ProjectionTarget, ProjectionWorker> made;
  private final Forgetting forgetting = new Forgetting();
  private final Map<ProjectionTarget, ProjectionWorker> workers = new ConcurrentHashMap<>();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private boolean closed;

  public Projector(
      FoundDomains domains,
      KafkaSettings kafka,
      TopicsSettings topics,
      ProjectorSettings settings,
      QuarantineSettings quarantine,
      ProjectionStores stores,
      RegisteredViews registered,
      SchemaRegistry registry,
      WireCodec codec) {
    this.domains = domains;
    this.kafka = kafka;
    this.topics = topics;
    this.stores = stores;
    this.registered = registered;
    var consumers = new LogConsumers(kafka.servers(), settings);
    var events = new EventDecoder(domains.all(), codec);
    var entries = new JournalDecoder(domains);
    String owner =
        ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);
    this.made =
        target -> {
          RowsView rows = stores.rows(target);
          RecordDecoder decoder = target.isJournal() ? entries : events;
          return new ProjectionWorker(
              target,
              consumers,
              rows == null ? decoder : new RowsDecoder(rows, registry),
              settings.sharedBy(stores.targets().size()),
              quarantine,
              owner);
        };
    stores.targets().forEach(target -> workers.put(target, made.apply(target)));
  }

  @PostConstruct
  void start() {
    checkTopics();
    workers.values().forEach(ProjectionWorker::start);
    registered.watch(this::take);
  }

  /** Calls back whenever there are other views than before. */
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  /** Ends the workers of views that are gone, and begins those of new ones. */
  private synchronized void take(List<RegisteredView> views) {
    if (closed) {
      return;
    }
    stores.register(views);
    Set<ProjectionTarget> now = new LinkedHashSet<>(stores.targets());
    List<ProjectionTarget> gone =
        workers.keySet().stream().filter(target -> !now.contains(target)).toList();
    close(gone.stream().map(workers::remove).filter(Objects::nonNull).toList());
    prepareRows(views);
    now.forEach(
        target -> {
          if (!workers.containsKey(target)) {
            LOG.info("{} is kept from now on", target);
            var worker = made.apply(target);
            workers.put(target, worker);
            worker.start();
          }
        });
    forgetting.unless(now, gone);
    watchers.forEach(Runnable::run);
  }

  /** Whoever is first makes the topics, so that no worker waits for the other. */
  private void prepareRows(List<RegisteredView> views) {
    var partitions = new TreeMap<String, Integer>();
    views.forEach(view -> partitions.put(view.topic(), view.partitions()));
    if (partitions.isEmpty()) {
      return;
    }
    try (Admin admin = admin()) {
      TopicSetup.prepareSinks(admin, partitions, topics.asTopicSettings());
    } catch (TopicMismatchException | KafkaUnreachableException later) {
      LOG.warn("The topics of rows were not prepared: {}", later.getMessage());
    }
  }

  private Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.servers()));
  }

  /** A cluster that does not answer is waited for by each worker; one that is wrong is refused. */
  private void checkTopics() {
    try (Admin admin = admin()) {
      TopicSetup.prepare(admin, domains.all(), topics.asTopicSettings());
    } catch (TopicMismatchException mismatch) {
      throw new StartRefusedException(String.valueOf(mismatch.getMessage()), mismatch);
    } catch (KafkaUnreachableException away) {
      LOG.warn("The topics were not checked, views wait for Kafka: {}", away.getMessage());
    }
  }

  /** In order of address and store. */
  public List<WorkerProgress> progress() {
    return stores.targets().stream()
        .map(workers::get)
        .filter(Objects::nonNull)
        .map(ProjectionWorker::progress)
        .toList();
  }

  /** What is known of one view in one store; null when it is not kept. */
  public @Nullable WorkerProgress progress(ProjectionTarget target) {
    ProjectionWorker worker = workers.get(target);
    return worker == null ? null : worker.progress();
  }

  @PreDestroy
  synchronized void close() {
    closed = true;
    forgetting.close();
    close(workers.values());
  }

  private static void close(Collection<ProjectionWorker> workers) {
    var closing =
        workers.stream().map(worker -> CompletableFuture.runAsync(worker::close)).toList();
    closing.forEach(CompletableFuture::join);
  }
}
