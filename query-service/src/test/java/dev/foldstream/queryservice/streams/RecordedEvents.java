package dev.foldstream.queryservice.streams;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.library.LibraryDomain.BookAdded;
import dev.foldstream.queryservice.library.LibraryDomain.BookLent;
import dev.foldstream.queryservice.library.LibraryDomain.BookNamed;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.schemas.wire.WireCodec;
import dev.foldstream.viewstore.PositionMove;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.journal.JournalEntry;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts events into the journal of a host as a projector does. */
public final class RecordedEvents {

  public static final String BOOKS = "library.book.events";
  public static final String LOANS = "library.loan.events";
  public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final ViewStore journal;
  private final ViewDefinition view;
  private final WireCodec codec;
  private final ViewVersion version;
  private final Map<String, Long> versions = new HashMap<>();

  public RecordedEvents(QueryHost host) {
    this.journal = ((PostgresViewStore) host.store(ViewStoreKind.POSTGRESQL)).journal();
    this.view = host.part(ViewStores.class).journal().view();
    this.version = journal.prepare(view);
    this.codec = host.part(WireCodec.class);
    codec.register(BOOKS, BookAdded.class);
    codec.register(BOOKS, BookNamed.class);
    codec.register(LOANS, BookLent.class);
  }

  /** The setting of a host whose registry is the one of the tests. */
  public static Map<String, Object> registry() {
    var services = DevServices.shared().start(Part.REGISTRY);
    return Map.of("foldstream.schema-registry.url", services.registry().url());
  }

  /** What is said of an event beside its data. */
  public record About(String commandId, String correlationId, @Nullable String causedBy) {
    public static About command(String id) {
      return new About(id, id, null);
    }
  }

  public Token add(String topic, String id, Record event) {
    long version = versions.getOrDefault(id, 0L) + 1;
    return add(topic, id, event, About.command(id + "-command-" + version));
  }

  public Token add(String topic, String id, Record event, About about) {
    return add(topic, id, codec.encode(topic, event), about);
  }

  public Token add(String topic, String id, byte[] value, About about) {
    var partition = new TopicPartitionName(topic, 0);
    var owned =
        Objects.requireNonNull(journal.claim(version, Set.of(partition), "tests").get(partition));
    long sequence = owned.position().sequence() + 1;
    var entry = entry(topic, id, sequence, value, about);
    var change = new RowChange(id + "/" + entry.version(), StoredRow.NONE, 1, entry, Map.of());
    var move =
        new PositionMove(
            partition, owned.position(), new Position(sequence, 2 * sequence), owned.epoch());
    journal.commit(new ViewBatch(version, List.of(change), List.of(move)));
    return Token.of(topic, 0, sequence);
  }

  private JournalEntry entry(String topic, String id, long sequence, byte[] value, About about) {
    long version = versions.merge(id, 1L, Long::sum);
    Instant time = NOON.plusSeconds(version);
    return new JournalEntry(
        topic,
        id,
        version,
        0,
        sequence,
        2 * sequence - 1,
        about.commandId() + ":1",
        "library.Event",
        time,
        time.plusSeconds(sequence),
        about.commandId(),
        about.correlationId(),
        about.commandId(),
        about.causedBy(),
        "anonymous",
        value);
  }
}
