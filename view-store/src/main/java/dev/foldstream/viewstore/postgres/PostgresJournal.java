package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.RowChange;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewOperations;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.journal.JournalEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The journal as a table that is only appended to. Positions, claims, quarantine and pause are
 * those of every view; nothing is ever loaded, and rows are written by {@code COPY BINARY}.
 */
final class PostgresJournal implements ViewStore {

  private static final int ONLY_VERSION = 1;

  private final Jdbi jdbi;
  private final Jdbi patient;
  private final PostgresViewStore store;

  PostgresJournal(Jdbi jdbi, Jdbi patient, PostgresViewStore store) {
    this.jdbi = jdbi;
    this.patient = patient;
    this.store = store;
  }

  @Override
  public ViewVersion prepare(ViewDefinition view) {
    return PostgresFailures.translated(
        "prepare the journal",
        () ->
            patient.inTransaction(
                handle -> {
                  PostgresRegistry.prepareAny(handle);
                  PostgresJournalTable.CREATE.forEach(handle::execute);
                  PostgresRegistry.makeLive(handle, new ViewVersion(view, ONLY_VERSION));
                  return new ViewVersion(view, ONLY_VERSION);
                }));
  }

  @Override
  public Map<TopicPartitionName, OwnedPosition> positions(ViewVersion version) {
    return store.positions(version);
  }

  @Override
  public Map<TopicPartitionName, OwnedPosition> claim(
      ViewVersion version, Set<TopicPartitionName> partitions, String owner) {
    return store.claim(version, partitions, owner);
  }

  /** Nothing: an entry is written once and never looked at. */
  @Override
  public Map<String, StoredRow> load(ViewVersion version, Collection<String> keys) {
    return Map.of();
  }

  @Override
  public Map<String, StoredRow> commit(ViewBatch batch) {
    List<JournalEntry> entries = batch.changes().stream().flatMap(PostgresJournal::entry).toList();
    try {
      jdbi.useTransaction(
          handle -> {
            PostgresPositions.move(handle, batch);
            PostgresQuarantine.apply(handle, batch.version(), batch.quarantine());
            PostgresJournalTable.append(handle, entries);
          });
      return Map.of();
    } catch (JdbiException failure) {
      String wanted = "append %d entries to the journal".formatted(entries.size());
      if (PostgresFailures.uniqueViolation(failure)) {
        throw new RowRefusedException(
            "wanted to %s; one of these versions of its aggregate is there already"
                .formatted(wanted),
            failure);
      }
      throw PostgresFailures.translate(wanted, failure);
    }
  }

  private static Stream<JournalEntry> entry(RowChange change) {
    return Stream.of((JournalEntry) Objects.requireNonNull(change.row()));
  }

  @Override
  public void forget(ViewDefinition view) {
    throw new UnsupportedOperationException("the journal is declared as long as there are events");
  }

  @Override
  public ViewOperations operations() {
    return store.operations();
  }

  /** The connections belong to the store of views. */
  @Override
  public void close() {}
}
