package dev.foldstream.queryservice.streams;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import dev.foldstream.schemas.wire.UnreadableValueException;
import dev.foldstream.schemas.wire.WireCodec;
import dev.foldstream.viewstore.journal.JournalEntry;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of journal entries with the code of today, upcasters included. Schemas are asked
 * for when the first event of their kind is read, and kept.
 */
@Singleton
public final class EventReading {

  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final BeanProvider<WireCodec> codec;

  EventReading(BeanProvider<WireCodec> codec) {
    this.codec = codec;
  }

  /**
   * An event, or why there is none.
   *
   * @param event today's form
   */
  public record Read(JournalEntry entry, @Nullable Record event, @Nullable String fault) {}

  public Read read(JournalEntry entry) {
    try {
      return new Read(entry, codec.get().decode(entry.value()), null);
    } catch (UnreadableValueException unreadable) {
      return new Read(entry, null, String.valueOf(unreadable.getMessage()));
    } catch (SchemaRegistryUnavailableException away) {
      throw new ProblemException(
              ProblemType.SCHEMA_REGISTRY_UNAVAILABLE,
              "The schema registry, which says how this event is read, does not answer. Nothing is lost; ask again.")
          .retryAfter(TRY_AGAIN);
    }
  }

  /** The event, or the problem that it cannot be read. */
  public Record event(JournalEntry entry) {
    Read read = read(entry);
    if (read.event() == null) {
      throw new ProblemException(
          ProblemType.UNREADABLE_EVENT,
          "Version %d of '%s' in %s, which lies at offset %d of partition %d, cannot be read: %s"
              .formatted(
                  entry.version(),
                  entry.id(),
                  entry.topic(),
                  entry.offset(),
                  entry.partition(),
                  read.fault()));
    }
    return read.event();
  }
}
