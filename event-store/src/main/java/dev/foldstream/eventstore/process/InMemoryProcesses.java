package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.process.ProcessAnswers.ProcessOut;
import dev.foldstream.eventstore.topics.Partitions;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.InvalidHeaderException;
import dev.foldstream.eventstore.wire.OutcomeHeaders;
import dev.foldstream.eventstore.wire.ProcessHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one type in memory, for tests: the same routing, tasks, headers and bytes as on
 * Kafka, one call at a time, with a clock that is put forward by hand. What it cannot show are
 * rebalances and other writers.
 */
public final class InMemoryProcesses {

  static final int PARTITIONS = 3;

  private static final Uuid INPUTS_TOPIC = new Uuid(2, 2);

  private final Domain domain;
  private final ProcessPlan<?, ?> plan;
  private final RouteTask<?> route;
  private final ProcessCounts counts = new ProcessCounts();
  private final List<Sent> commands = new ArrayList<>();
  private final List<RecordedEvent<Object>> progress = new ArrayList<>();
  private final List<QuarantinedInput> quarantined = new ArrayList<>();
  private final Map<String, HelplessProcess> helpless = new TreeMap<>();
  private final Map<String, Headers> headersById = new TreeMap<>();
  private final InMemorySchemaRegistry registry;
  private List<SortedStore> stores;
  private List<ProcessTask<?, ?>> tasks = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long offset;

  /** A command as it was sent. */
  public record Sent(String aggregate, String id, Record command, CommandHeaders headers) {}

  /** Processes without any past. */
  public InMemoryProcesses(Domain domain, Feature.Process<?, ?, ?> process) {
    this(domain, process, new InMemorySchemaRegistry(), noPast());
  }

  private InMemoryProcesses(
      Domain domain,
      Feature.Process<?, ?, ?> process,
      InMemorySchemaRegistry registry,
      List<SortedStore> past) {
    this.domain = domain;
    this.registry = registry;
    this.stores = past;
    var wire = ProcessWire.of(registry, SchemaFiles.of(domain));
    this.plan = ProcessPlan.of(domain, process, wire, PARTITIONS, INPUTS_TOPIC);
    this.route = new RouteTask<>(plan);
    ProcessApplication.registerSchemas(domain, process, wire);
    plan.aggregates()
        .forEach(
            (name, aggregate) -> {
              wire.codec().register(TopicNames.commands(domain.name(), name), aggregate.commands());
              wire.codec().register(TopicNames.events(domain.name(), name), aggregate.events());
              wire.outcomes().register(TopicNames.outcomes(domain.name(), name));
            });
    restart();
  }

  private static List<SortedStore> noPast() {
    return IntStream.range(0, PARTITIONS).mapToObj(_ -> new SortedStore()).toList();
  }

  /** The same processes under other code. */
  public InMemoryProcesses under(Feature.Process<?, ?, ?> process) {
    var next = new InMemoryProcesses(domain, process, registry, stores);
    next.now = now;
    next.offset = offset;
    return next;
  }

  /** As after a crash: only what the stores hold is left. */
  public void restart() {
    tasks = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      tasks.add(task(plan, partition));
    }
  }

  private <E, S> ProcessTask<E, S> task(ProcessPlan<E, S> typed, int partition) {
    return new ProcessTask<>(
        typed, partition, stores.get(partition), this::sent, () -> now.toEpochMilli(), counts);
  }

  /** Does something whose transaction is then aborted; answers the commands that were lost. */
  public List<Sent> aborted(Runnable work) {
    List<SortedStore> before = stores;
    long offsetBefore = offset;
    var kept = List.copyOf(commands);
    var told = List.copyOf(progress);
    stores = new ArrayList<>(before.stream().map(SortedStore::copy).toList());
    restart();
    work.run();
    var lost = List.copyOf(commands.subList(kept.size(), commands.size()));
    stores = before;
    offset = offsetBefore;
    commands.retainAll(kept);
    progress.retainAll(told);
    restart();
    return lost;
  }

  /** An event of an aggregate, as the log holds it. */
  public void happened(String aggregate, String id, long version, Record event, Metadata metadata) {
    String topic = TopicNames.events(domain.name(), aggregate);
    var headers = new RecordHeaders();
    new EventHeaders(
            metadata.commandId() + ":1",
            plan.wire().files().typeName(event.getClass()),
            now,
            version,
            version,
            metadata,
            0,
            null)
        .write(headers, Sources.of(domain.name(), aggregate, id));
    arrive(topic, id, plan.wire().codec().encode(topic, event), headers);
  }

  /** The outcome of a command that was sent. */
  public void answered(Sent sent, Outcome outcome) {
    String topic = TopicNames.outcomes(domain.name(), sent.aggregate());
    var headers = new RecordHeaders();
    CommandHeaders asked = sent.headers();
    new OutcomeHeaders(asked.commandId(), asked.commandId(), asked.correlationId(), null)
        .write(headers, Sources.of(domain.name(), sent.aggregate(), sent.id()));
    ProcessHeaders.copyProcess(processHeader(sent), headers);
    arrive(topic, sent.id(), plan.wire().outcomes().encode(topic, outcome), headers);
  }

  private Headers processHeader(Sent sent) {
    return headersById.getOrDefault(sent.headers().commandId(), new RecordHeaders());
  }

  /** An operator's wish. */
  public void retried(String processId, String principal) {
    var headers = new RecordHeaders();
    ProcessRetries.write(headers, "retry-" + offset, principal);
    take(processId, new byte[0], headers);
  }

  /** Lets time pass and timers go off. */
  public void pass(Duration time) {
    now = now.plus(time);
    tasks.forEach(
        task -> {
          while (task.fire(ProcessLimits.MAX_FIRED_PER_PASS)) {
            // More are due.
          }
        });
  }

  private void arrive(String topic, String key, byte[] value, Headers headers) {
    byte[] id = key.getBytes(StandardCharsets.UTF_8);
    var place = new RecordPlace(topic, Partitions.of(id, PARTITIONS), offset, now.toEpochMilli());
    try {
      route
          .route(place, id, value, headers)
          .ifPresent(routed -> take(routed.processId(), value, routed.headers()));
    } catch (PoisonInputException poison) {
      quarantined.add(
          plan.wire().quarantined().decode(ProcessWriter.pointer(plan, place, null, null, poison)));
    }
  }

  private void take(String processId, byte[] value, Headers headers) {
    byte[] key = processId.getBytes(StandardCharsets.UTF_8);
    int partition = Partitions.of(key, PARTITIONS);
    var place = new RecordPlace(plan.inputsTopic(), partition, offset, now.toEpochMilli());
    offset++;
    tasks.get(partition).take(key, new InputRecord(place, value, headers));
  }

  /** What would be sent to Kafka. */
  private void sent(ProcessOut out, byte[] key, Headers headers, long timestampMillis) {
    String id = new String(key, StandardCharsets.UTF_8);
    byte[] value = out.bytes();
    var place = new RecordPlace(out.topic(), out.partition(), offset, timestampMillis);
    try {
      if (out.topic().equals(plan.statusTopic())) {
        status(id, value);
      } else if (value != null && out.topic().equals(plan.quarantineTopic())) {
        quarantined.add(plan.wire().quarantined().decode(value));
      } else if (value != null && out.topic().equals(plan.eventsTopic())) {
        progress.add(plan.decoder().decode(InputReader.stored(place, key, value, headers)));
      } else if (value != null) {
        command(out, id, value, headers, place);
      }
    } catch (UnreadableEventException | InvalidHeaderException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void command(ProcessOut out, String id, byte[] value, Headers headers, RecordPlace place)
      throws InvalidHeaderException {
    String aggregate =
        plan.aggregates().keySet().stream()
            .filter(name -> TopicNames.commands(domain.name(), name).equals(out.topic()))
            .findFirst()
            .orElseThrow();
    CommandHeaders read = CommandHeaders.read(headers, place);
    headersById.put(read.commandId(), headers);
    commands.add(new Sent(aggregate, id, plan.wire().codec().decode(value), read));
  }

  private void status(String id, byte @Nullable [] value) {
    if (value == null) {
      helpless.remove(id);
    } else if (!id.startsWith(ProcessWriter.SUMMARY)) {
      helpless.put(id, plan.wire().helpless().decode(value));
    }
  }

  /** The commands so far, in their order. */
  public List<Sent> commands() {
    return List.copyOf(commands);
  }

  /** What the processes told so far. */
  public List<RecordedEvent<Object>> progress() {
    return List.copyOf(progress);
  }

  public List<QuarantinedInput> quarantined() {
    return List.copyOf(quarantined);
  }

  /** Those that have failed or stand still. */
  public List<HelplessProcess> helpless() {
    return List.copyOf(helpless.values());
  }

  public ProcessCounts counts() {
    return counts;
  }
}
