package dev.foldstream.eventstore.shadow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.eventstore.topics.RecordLimits;
import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.wire.UnreadableValueException;
import dev.foldstream.schemas.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decider that is tried on recorded commands, with the states that it folded from the recorded
 * events. Nothing it throws gets out: that is its answer. For one thread.
 */
public final class Candidate<C, S, E> {

  /** Characters kept of what it threw. */
  static final int MAX_DETAIL = 1_000;

  /** A domain of nothing else, so that only its schema files are wanted. */
  private record Alone(String name, List<Feature> features) implements Domain {}

  private final Feature.Aggregate<C, S, E> aggregate;
  private final SchemaFiles files;
  private final WireCodec wire;
  private final RecordJson json;
  private final Map<Class<?>, RecordCodec<Record>> plain = new HashMap<>();
  private final Map<String, S> states = new HashMap<>();
  private final Map<String, String> unfolded = new HashMap<>();

  private Candidate(
      Feature.Aggregate<C, S, E> aggregate, SchemaFiles files, SchemaRegistry registry) {
    this.aggregate = aggregate;
    this.files = files;
    this.wire = new WireCodec(registry, files);
    this.json = new RecordJson(files);
  }

  /**
   * This aggregate type as a candidate.
   *
   * @throws dev.foldstream.schemas.files.SchemaFilesException when its schema files do not fit it
   */
  public static Candidate<?, ?, ?> of(
      String domain, Feature.Aggregate<?, ?, ?> aggregate, SchemaRegistry registry) {
    var files = SchemaFiles.of(new Alone(domain, List.of(aggregate)));
    return new Candidate<>(aggregate, files, registry);
  }

  /** Forgets all states. */
  void beginPartition() {
    states.clear();
    unfolded.clear();
  }

  /** Takes in a recorded event; one that cannot be folded spoils the answers of its aggregate. */
  void fold(String id, byte[] value) {
    if (unfolded.containsKey(id)) {
      return;
    }
    try {
      Record event = wire.decode(value);
      guarded(() -> states.put(id, evolved(id, event)));
    } catch (UnreadableValueException | CandidateFault fault) {
      unfolded.put(id, "an event before it cannot be folded: " + fault.getMessage());
    }
  }

  private S evolved(String id, Record event) {
    S state = aggregate.decider().evolve(state(id), aggregate.events().cast(event));
    return Objects.requireNonNull(state, "the state after");
  }

  private S state(String id) {
    S state = states.get(id);
    return state == null
        ? Objects.requireNonNull(aggregate.decider().initial(), "the initial state")
        : state;
  }

  /** A recorded event as the candidate would write it; empty when it cannot read it. */
  Optional<JsonNode> event(byte[] value) {
    try {
      return Optional.of(written(wire.decode(value)));
    } catch (UnreadableValueException | CandidateFault fault) {
      return Optional.empty();
    }
  }

  ShadowAnswer decide(byte @Nullable [] command, CommandContext context) {
    String spoiled = unfolded.get(context.aggregateId());
    if (spoiled != null) {
      return ShadowAnswer.failed(spoiled);
    }
    if (command == null) {
      return ShadowAnswer.failed("wanted a command as value; found none");
    }
    try {
      Record asked = wire.decode(command);
      return guarded(() -> decide(asked, context));
    } catch (UnreadableValueException | CandidateFault fault) {
      return ShadowAnswer.failed(String.valueOf(fault.getMessage()));
    }
  }

  private ShadowAnswer decide(Record asked, CommandContext context) throws CandidateFault {
    S state = state(context.aggregateId());
    Decision<E> decision =
        aggregate.decider().decide(aggregate.commands().cast(asked), state, context);
    return switch (Objects.requireNonNull(decision, "the decision")) {
      case Decision.Rejected<E>(var reason) -> ShadowAnswer.rejected(reason.name());
      case Decision.Accepted<E>(var events) -> accepted(state, events);
    };
  }

  /** Folds them too, as the host does before it appends. */
  private ShadowAnswer accepted(S state, List<E> events) throws CandidateFault {
    if (events.size() > RecordLimits.MAX_EVENTS_PER_COMMAND) {
      throw new CandidateFault(
          "a command may lead to at most %d events; found %d"
              .formatted(RecordLimits.MAX_EVENTS_PER_COMMAND, events.size()));
    }
    var written = new ArrayList<JsonNode>(events.size());
    for (E event : events) {
      written.add(written((Record) aggregate.events().cast(event)));
    }
    Objects.requireNonNull(aggregate.decider().fold(state, events), "the state after");
    return ShadowAnswer.accepted(written);
  }

  /** Through Avro and back, so that both sides have the scale and precision of what is stored. */
  private JsonNode written(Record event) throws CandidateFault {
    return guarded(
        () -> {
          RecordCodec<Record> codec = plain.computeIfAbsent(event.getClass(), this::codec);
          Record stored = codec.decode(codec.encode(event));
          byte[] text = json.text(stored).getBytes(StandardCharsets.UTF_8);
          return ShadowAnswer.event(event.getClass().getSimpleName(), json.tree(text));
        });
  }

  @SuppressWarnings("unchecked") // asked for by the class of the record that it writes
  private RecordCodec<Record> codec(Class<?> type) {
    return (RecordCodec<Record>) RecordCodec.of(type, files.schema(type));
  }

  /** Something of the candidate's own. */
  private interface Own<T> {
    T get() throws CandidateFault;
  }

  private static <T> T guarded(Own<T> own) throws CandidateFault {
    try {
      return own.get();
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError thrown) {
      throw new CandidateFault(shortened(thrown.toString()));
    }
  }

  private static String shortened(String text) {
    return text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) + "..." : text;
  }

  /** What the candidate did wrong. */
  private static final class CandidateFault extends Exception {
    private static final long serialVersionUID = 1;

    CandidateFault(String message) {
      super(message);
    }
  }
}
