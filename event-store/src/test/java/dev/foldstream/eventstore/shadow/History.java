package dev.foldstream.eventstore.shadow;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.foldstream.eventstore.counter.Counter;
import dev.foldstream.eventstore.counter.CounterCommand;
import dev.foldstream.eventstore.counter.CounterDecider;
import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterEvent;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** One partition of counters as the decider of today would have recorded it. */
final class History {

  private final CounterDomain domain = CounterDomain.fresh();
  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final WireCodec wire = new WireCodec(registry, SchemaFiles.of(domain));
  private final CounterDecider today = new CounterDecider();
  private final List<ConsumerRecord<byte[], byte[]>> commands = new ArrayList<>();
  private final List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final Map<String, List<CounterEvent>> streams = new HashMap<>();
  private long nextOffset;

  History() {
    wire.register(topic("commands"), CounterCommand.class);
    wire.register(topic("events"), CounterEvent.class);
  }

  /** Decides and records, as the host does. */
  History send(String id, CounterCommand command) {
    return send(id, "c" + nextOffset, command, null);
  }

  History send(String id, String commandId, CounterCommand command, @Nullable Long expected) {
    var headers = CommandHeaders.of(commandId, null, Instant.EPOCH).expecting(expected);
    var record = command(id, headers, wire.encode(topic("commands"), (Record) command));
    List<CounterEvent> stream = streams.computeIfAbsent(id, any -> new ArrayList<>());
    if (expected != null && expected != stream.size()) {
      outcomes.put(
          CommandKey.record(record),
          new Outcome.Conflict(commandId, 0, 0, expected, stream.size()));
      return this;
    }
    Counter state = today.fold(today.initial(), stream);
    var context = new CommandContext(id, headers.occurredAt(), headers.metadata());
    switch (today.decide(command, state, context)) {
      case Decision.Accepted<CounterEvent>(var led) -> {
        led.forEach(event -> event(record, headers, stream, event));
        outcomes.put(
            CommandKey.record(record),
            new Outcome.Accepted(commandId, 0, 0, stream.size(), List.of()));
      }
      case Decision.Rejected<CounterEvent>(var reason) ->
          outcomes.put(
              CommandKey.record(record),
              new Outcome.Rejected(commandId, 0, 0, stream.size(), reason.name()));
    }
    return this;
  }

  /** The same id again, which leads to nothing. */
  History repeat(String id, String commandId, CounterCommand command) {
    var headers = CommandHeaders.of(commandId, null, Instant.EPOCH);
    command(id, headers, wire.encode(topic("commands"), (Record) command));
    return this;
  }

  History lookUp(String id, String commandId) {
    var headers = new RecordHeaders();
    CommandHeaders.writeLookUp(headers, "look-up", commandId, "/test");
    commands.add(record(topic("commands"), nextOffset++, id, new byte[0], headers));
    return this;
  }

  History setAside(String id, CounterCommand command) {
    String commandId = "c" + nextOffset;
    repeat(id, commandId, command);
    outcomes.put(
        CommandKey.record(commands.getLast()),
        new Outcome.Quarantined(commandId, 0, 0, "DECIDER_FAILED"));
    return this;
  }

  /** What was accepted without events. */
  History answered(String id, String commandId) {
    outcomes.put(
        CommandKey.record(commands.getLast()),
        new Outcome.Accepted(
            commandId, 0, 0, streams.getOrDefault(id, List.of()).size(), List.of()));
    return this;
  }

  /** An event that no decider of today gives. */
  History event(String id, CounterEvent event) {
    var headers = CommandHeaders.of("c" + nextOffset, null, Instant.EPOCH);
    var record =
        command(id, headers, wire.encode(topic("commands"), new CounterCommand.LeaveAlone()));
    event(record, headers, streams.computeIfAbsent(id, any -> new ArrayList<>()), event);
    return this;
  }

  History forgetOutcomes() {
    outcomes.clear();
    return this;
  }

  /** The range begins with the next command. */
  History forgetCommands() {
    commands.clear();
    return this;
  }

  /** Offsets of commands begin again. */
  History makeCommandsAnew() {
    commands.clear();
    nextOffset = 0;
    return this;
  }

  ShadowReport compare(Decider<CounterCommand, Counter, CounterEvent> candidate) {
    var report = new ShadowReport(100);
    var aggregate =
        Feature.Aggregate.of(
            CounterDomain.COUNTER,
            CounterCommand.class,
            Counter.class,
            CounterEvent.class,
            candidate);
    var asked = new HashSet<String>();
    commands.forEach(command -> asked.add(CommandKey.id(command)));
    var recorded =
        new RecordedPartition(
            0, commands.iterator(), events.iterator(), asked, outcomes, nextOffset);
    new ShadowComparison(
            Candidate.of(domain.name(), aggregate, registry),
            recorded,
            unreadable -> NullNode.instance,
            report)
        .run(() -> false);
    return report;
  }

  private ConsumerRecord<byte[], byte[]> command(String id, CommandHeaders headers, byte[] value) {
    var written = new RecordHeaders();
    headers.write(written, "/test");
    var record = record(topic("commands"), nextOffset++, id, value, written);
    commands.add(record);
    return record;
  }

  private void event(
      ConsumerRecord<byte[], byte[]> command,
      CommandHeaders asked,
      List<CounterEvent> stream,
      CounterEvent event) {
    stream.add(event);
    var headers = new RecordHeaders();
    new EventHeaders(
            "e" + events.size(),
            event.getClass().getSimpleName(),
            Instant.EPOCH,
            events.size() + 1L,
            stream.size(),
            asked.metadata(),
            command.offset(),
            null)
        .write(headers, "/test");
    byte[] value = wire.encode(topic("events"), (Record) event);
    events.add(
        record(topic("events"), events.size(), CommandKey.text(command.key()), value, headers));
  }

  private String topic(String kind) {
    return kind.equals("events")
        ? TopicNames.events(domain.name(), CounterDomain.COUNTER)
        : TopicNames.commands(domain.name(), CounterDomain.COUNTER);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, long offset, String id, byte[] value, Headers headers) {
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        1_000 + offset,
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        headers,
        Optional.empty());
  }
}
