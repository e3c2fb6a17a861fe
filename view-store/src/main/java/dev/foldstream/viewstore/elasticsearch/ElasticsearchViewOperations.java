package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.OwnedPosition;
import dev.foldstream.viewstore.PartitionLedger;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.QuarantineRequest;
import dev.foldstream.viewstore.ViewControl;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewOperations;
import dev.foldstream.viewstore.ViewPause;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.RowJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts in the documents of positions; entries and pauses in indices of their own. */
final class ElasticsearchViewOperations implements ViewOperations {

  static final String PAUSES = "foldstream-pauses";

  private final ElasticsearchHttp http;
  private final ElasticsearchPositions positions;
  private final ElasticsearchQuarantine quarantine;

  ElasticsearchViewOperations(
      ElasticsearchHttp http,
      ElasticsearchPositions positions,
      ElasticsearchQuarantine quarantine) {
    this.http = http;
    this.positions = positions;
    this.quarantine = quarantine;
  }

  @Override
  public Map<TopicPartitionName, PartitionLedger> ledger(ViewVersion version) {
    var all = new TreeMap<TopicPartitionName, PartitionLedger>();
    Set<TopicPartitionName> partitions = version.view().start().keySet();
    partitions.forEach(partition -> all.put(partition, PartitionLedger.START));
    positions
        .read(version, partitions)
        .forEach(
            (partition, stored) ->
                all.put(
                    partition,
                    new PartitionLedger(stored.owned().position().sequence(), stored.counts())));
    return all;
  }

  /** Entries beyond the position, and those that are about to go, are nobody's concern. */
  @Override
  public List<QuarantineEntry> open(ViewVersion version, TopicPartitionName partition) {
    var stored = positions.read(version, Set.of(partition)).get(partition);
    long reached =
        stored == null
            ? OwnedPosition.UNCLAIMED.position().sequence()
            : stored.owned().position().sequence();
    Set<String> settled = stored == null ? Set.of() : stored.settling().ids();
    return quarantine.open(version, partition).stream()
        .filter(entry -> entry.sequence() <= reached && !settled.contains(entry.id()))
        .toList();
  }

  @Override
  public List<QuarantineEntry> page(
      ViewVersion version, int limit, QuarantineEntry.@Nullable Boundary after) {
    return quarantine.page(version, limit, after);
  }

  @Override
  public Optional<QuarantineEntry> entry(ViewVersion version, String id) {
    return quarantine.entry(version, id);
  }

  @Override
  public boolean request(ViewVersion version, String id, QuarantineRequest request) {
    return quarantine.request(version, id, request);
  }

  @Override
  public void pause(ViewDefinition view, ViewPause pause) {
    ObjectNode source = RowJson.object();
    source.put("principal", pause.principal());
    source.put("since", pause.since().toString());
    Answer answer = http.send("PUT", address(view) + "?op_type=create", source);
    if (!answer.ok() && answer.status() != BulkLines.CONFLICT) {
      throw new IllegalStateException("cannot pause " + view.path() + ": " + answer.error());
    }
  }

  @Override
  public void resume(ViewDefinition view) {
    Answer answer = http.delete(address(view));
    if (!answer.ok() && !answer.notFound()) {
      throw new IllegalStateException("cannot resume " + view.path() + ": " + answer.error());
    }
  }

  private static String address(ViewDefinition view) {
    return "/" + PAUSES + "/_doc/" + URLEncoder.encode(view.path(), StandardCharsets.UTF_8);
  }

  @Override
  public Optional<ViewPause> paused(ViewDefinition view) {
    JsonNode found = http.get(address(view)).body();
    JsonNode source = found.path("_source");
    return found.path("found").asBoolean()
        ? Optional.of(
            new ViewPause(
                source.path("principal").asText(), Instant.parse(source.path("since").asText())))
        : Optional.empty();
  }

  @Override
  public ViewControl control(ViewVersion version) {
    return new ViewControl(
        paused(version.view()).orElse(null), quarantine.asked(version, ViewControl.MAX_REQUESTS));
  }
}
