package dev.foldstream.topologyservice.outside;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.foldstream.host.settings.PostgresqlSettings;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.topology.build.ViewRows;
import dev.foldstream.topology.expressions.AvroJsonReader;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of views, read from PostgreSQL when a record asks for them and kept for a moment: a row is
 * as the projector had it then, and not as it was when the record was written.
 *
 * <p>A store that does not answer says nothing about a record: the topology stops and starts anew
 * until it answers, and nothing is set aside. It connects when a row is first asked for.
 */
@Singleton
public final class KeptRows implements ViewRows {

  private record Asked(String view, String key) {}

  private final ReadableViews views;
  private final PostgresqlSettings postgresql;
  private final Cache<Asked, Optional<GenericRecord>> kept;
  private final RecordJson json = new RecordJson();
  private @Nullable PostgresViewStore store;

  KeptRows(ReadableViews views, PostgresqlSettings postgresql, EnrichSettings settings) {
    this.views = views;
    this.postgresql = postgresql;
    this.kept =
        Caffeine.newBuilder()
            .maximumSize(settings.rows())
            .expireAfterWrite(settings.keep())
            .build();
  }

  @Override
  public Optional<GenericRecord> find(String view, String key) {
    var asked = new Asked(view, key);
    Optional<GenericRecord> known = kept.getIfPresent(asked);
    if (known == null) {
      known = read(view, key);
      kept.put(asked, known);
    }
    return known;
  }

  private Optional<GenericRecord> read(String view, String key) {
    ReadableViews.Readable readable =
        views
            .find(view)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "wanted a row of the view %s; there is no such view in PostgreSQL any more"
                            .formatted(view)));
    try {
      return key.indexOf('\0') < 0
          ? store().reader().row(readable.definition(), key).map(row -> record(readable, row))
          : Optional.empty();
    } catch (ViewStoreUnavailableException away) {
      throw new KafkaException("the view %s cannot be read now".formatted(view), away);
    }
  }

  private GenericRecord record(ReadableViews.Readable readable, ViewRow row) {
    byte[] text = json.text(row.row()).getBytes(StandardCharsets.UTF_8);
    return AvroJsonReader.read(readable.schema(), json.tree(text));
  }

  private synchronized PostgresViewStore store() {
    PostgresViewStore open = store;
    if (open == null) {
      open =
          PostgresViewStore.open(
              new PostgresSettings(
                  postgresql.url(),
                  postgresql.user(),
                  postgresql.password(),
                  postgresql.poolSize()));
      store = open;
    }
    return open;
  }

  @PreDestroy
  synchronized void close() {
    if (store != null) {
      store.close();
    }
  }
}
