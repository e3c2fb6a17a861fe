package dev.foldstream.viewstore.postgres;

import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.journal.JournalEntry;
import dev.foldstream.viewstore.journal.JournalReader;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Every read is a range of one index. */
final class PostgresJournalReader implements JournalReader {

  private static final String SELECT =
      "select " + PostgresJournalTable.COLUMNS + " from foldstream_journal ";

  private static final String FROM =
      SELECT + "where topic = ? and id = ? and version >= ? order by version limit ?";
  private static final String BACK_FROM =
      SELECT + "where topic = ? and id = ? and version <= ? order by version desc limit ?";

  private static final String AT =
      SELECT + "where topic = ? and partition = ? and sequence = ? limit ?";

  /** The order in which things were recorded; sequences decide within a partition. */
  private static final String RECORDED =
      " order by recorded_at, topic, partition, sequence limit ?";

  private static final String CORRELATED = SELECT + "where correlation_id = ?" + RECORDED;
  private static final String OF_COMMAND = SELECT + "where command_id = ?" + RECORDED;
  private static final String SCAN =
      SELECT
          + "where topic = any(?) and (topic, id, version) > (?, ?, ?)"
          + " order by topic, id, version limit ?";

  private static final Place BEGINNING = new Place("", "", 0);

  private final Jdbi jdbi;

  PostgresJournalReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<JournalEntry> from(String topic, String id, long version, int limit) {
    return read(FROM, topic, id, version, limit);
  }

  @Override
  public List<JournalEntry> backFrom(String topic, String id, long version, int limit) {
    return read(BACK_FROM, topic, id, version, limit);
  }

  @Override
  public Optional<JournalEntry> at(TopicPartitionName partition, long sequence) {
    return read(AT, partition.topic(), partition.partition(), sequence, 1).stream().findFirst();
  }

  @Override
  public List<JournalEntry> correlated(String correlationId, int limit) {
    return read(CORRELATED, correlationId, limit);
  }

  @Override
  public List<JournalEntry> ofCommand(String commandId, int limit) {
    return read(OF_COMMAND, commandId, limit);
  }

  @Override
  public List<JournalEntry> scan(Collection<String> topics, @Nullable Place after, int limit) {
    Place place = after == null ? BEGINNING : after;
    Argument all = PostgresRows.array("text", topics.toArray());
    return read(SCAN, all, place.topic(), place.id(), place.version(), limit);
  }

  private List<JournalEntry> read(String sql, Object... values) {
    if ((int) values[values.length - 1] > MAX_ENTRIES) {
      throw new IllegalArgumentException("at most " + MAX_ENTRIES + " entries are read at once");
    }
    try {
      return jdbi.withHandle(
          handle -> {
            Query query = handle.select(sql);
            for (int i = 0; i < values.length; i++) {
              query.bind(i, values[i]);
            }
            return query.map((rows, context) -> PostgresJournalTable.read(rows)).list();
          });
    } catch (JdbiException failure) {
      if (PostgresFailures.undefinedTable(failure)) {
        return List.of();
      }
      throw PostgresFailures.translate("read the journal", failure);
    }
  }
}
