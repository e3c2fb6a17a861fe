package dev.foldstream.eventstore.process;

import dev.foldstream.eventstore.process.InputReader.Trace;
import dev.foldstream.eventstore.process.ProcessAnswers.ProcessOut;
import dev.foldstream.eventstore.process.Reaction.Sent;
import dev.foldstream.eventstore.process.Reaction.Told;
import dev.foldstream.eventstore.topics.Partitions;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.eventstore.wire.ProcessHeaders;
import dev.foldstream.eventstore.wire.RecordPlace;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.kernel.Metadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Turns what follows from an input into records. */
final class ProcessWriter {

  /** No process id begins with it. */
  static final String SUMMARY = "#";

  private static final String PROGRESS = "progress";

  private final ProcessPlan<?, ?> plan;
  private final int partition;
  private final ProcessAnswers answers;

  ProcessWriter(ProcessPlan<?, ?> plan, int partition, ProcessAnswers answers) {
    this.plan = plan;
    this.partition = partition;
    this.answers = answers;
  }

  /** Sends the commands in their order, then the progress if it has changed. */
  void send(
      String id,
      ProcessEntry entry,
      Trace trace,
      Reaction reaction,
      PartitionMark mark,
      long nowMillis) {
    String known = trace.correlationId();
    String latest = entry.correlationId().isEmpty() ? trace.causationId() : entry.correlationId();
    String correlation = known == null ? latest : known;
    for (Sent sent : reaction.sent()) {
      command(id, trace, correlation, sent, nowMillis);
    }
    Told told = reaction.told();
    if (told != null) {
      progress(id, entry.version(), trace, correlation, told, mark, nowMillis);
    }
  }

  private void command(String id, Trace trace, String correlation, Sent sent, long nowMillis) {
    var headers = new RecordHeaders();
    new CommandHeaders(
            sent.commandId(),
            sent.type(),
            Instant.ofEpochMilli(nowMillis),
            correlation,
            trace.causationId(),
            plan.principal(),
            null,
            trace.traceParent())
        .write(headers, Sources.of(plan.domain(), plan.process().name(), id));
    ProcessHeaders.writeProcess(headers, plan.process().name(), id);
    byte[] key = bytes(sent.id());
    var out =
        new ProcessOut(
            TopicNames.commands(plan.domain(), sent.aggregate()),
            Partitions.of(key, plan.partitions()),
            sent.value());
    answers.send(out, key, headers, nowMillis);
  }

  private void progress(
      String id,
      long version,
      Trace trace,
      String correlation,
      Told told,
      PartitionMark mark,
      long nowMillis) {
    String asked =
        CommandIds.of(plan.domain(), plan.process().name(), id, trace.identity(), PROGRESS);
    var headers = new RecordHeaders();
    new EventHeaders(
            asked + ":1",
            told.type(),
            Instant.ofEpochMilli(nowMillis),
            mark.sequence() + 1,
            version,
            new Metadata(asked, correlation, trace.causationId(), plan.principal()),
            Math.max(0, mark.inputOffset()),
            trace.traceParent())
        .write(headers, Sources.of(plan.domain(), plan.process().name(), id));
    answers.send(
        new ProcessOut(plan.eventsTopic(), partition, told.value()), bytes(id), headers, nowMillis);
  }

  /** A pointer to an input that was set aside. */
  void quarantine(
      String id, InputRecord input, @Nullable String described, PoisonInputException poison) {
    quarantine(input.place(), id, described, poison);
  }

  private void quarantine(
      RecordPlace place, String id, @Nullable String described, PoisonInputException poison) {
    answers.send(
        new ProcessOut(
            plan.quarantineTopic(), partition, pointer(plan, place, id, described, poison)),
        bytes(id),
        new RecordHeaders(),
        place.timestampMillis());
  }

  static byte[] pointer(
      ProcessPlan<?, ?> plan,
      RecordPlace place,
      @Nullable String id,
      @Nullable String described,
      PoisonInputException poison) {
    return plan.wire()
        .quarantined()
        .encode(
            plan.quarantineTopic(),
            new QuarantinedInput(
                place.topic(),
                place.partition(),
                place.offset(),
                Instant.ofEpochMilli(place.timestampMillis()),
                id,
                described,
                poison.reason(),
                poison.detail()));
  }

  /** Says that a process needs help. */
  void help(String id, ProcessEntry entry, long nowMillis) {
    Standing standing = entry.standing();
    var helpless =
        new HelplessProcess(
            id,
            entry.group().name(),
            standing == null ? null : standing.cause(),
            standing == null ? null : standing.detail(),
            Instant.ofEpochMilli(standing == null ? nowMillis : standing.sinceMillis()),
            entry.held(),
            standing == null || !standing.full());
    status(id, plan.wire().helpless().encode(plan.statusTopic(), helpless), nowMillis);
  }

  /** Says that a process needs no help any more. */
  void helped(String id, long nowMillis) {
    status(id, null, nowMillis);
  }

  void summarize(PartitionMark mark, long nowMillis) {
    var summary = ProcessSummary.of(partition, mark, Instant.ofEpochMilli(nowMillis));
    status(
        SUMMARY + partition,
        plan.wire().summaries().encode(plan.statusTopic(), summary),
        nowMillis);
  }

  private void status(String key, byte @Nullable [] value, long nowMillis) {
    answers.send(
        new ProcessOut(plan.statusTopic(), partition, value),
        bytes(key),
        new RecordHeaders(),
        nowMillis);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
