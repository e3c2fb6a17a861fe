package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.QuarantineEntry;
import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewPage;
import dev.foldstream.viewstore.ViewPause;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.Count;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewRow;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchPositions.Stored;
import dev.foldstream.viewstore.rows.Boundaries;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.StoreNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the live index by its alias. Rows and positions are read by id and are never stale; a page
 * is a search, so the index is refreshed before it. A view that no projector has prepared yet is
 * empty and at the start.
 */
final class ElasticsearchViewReader implements ViewReader {

  /** How many switches a read of positions may meet; after as many nothing is known. */
  private static final int MAX_SWITCHES_A_READ = 5;

  private static final int MAX_SET_ASIDE = 10;

  private final ElasticsearchSearches searches;
  private final ElasticsearchIndices indices;
  private final ElasticsearchPositions positions;
  private final ElasticsearchViewOperations operations;
  private final RefreshGate refreshes;
  private final Function<ViewDefinition, ElasticsearchView> views;

  ElasticsearchViewReader(
      ElasticsearchSearches searches,
      ElasticsearchIndices indices,
      ElasticsearchPositions positions,
      ElasticsearchViewOperations operations,
      RefreshGate refreshes,
      Function<ViewDefinition, ElasticsearchView> views) {
    this.searches = searches;
    this.indices = indices;
    this.positions = positions;
    this.operations = operations;
    this.refreshes = refreshes;
    this.views = views;
  }

  @Override
  public Optional<ViewRow> row(ViewDefinition view, String key) {
    return views.apply(view).rows().one(StoreNames.alias(view), key);
  }

  @Override
  public ViewPage page(ViewDefinition view, ViewQuery query) {
    ElasticsearchView known = views.apply(view);
    Boundaries.check(query);
    ObjectNode body = RowJson.object();
    body.put("size", Boundaries.fetched(query));
    body.put("track_total_hits", query.count() != Count.NONE);
    ObjectNode bool = known.query().bool(query.where());
    ViewQuery.Boundary after = query.after();
    if (after != null) {
      ElasticsearchSearches.beginBehind(body, known.query().after(query.order(), after));
    }
    body.putObject("query").set("bool", bool);
    body.set("sort", known.query().sort(query.order()));
    refreshes.refresh(StoreNames.alias(view));
    JsonNode answer = searches.send(view, body);
    var rows = new ArrayList<ViewRow>();
    for (JsonNode hit : answer.path("hits").path("hits")) {
      known.rows().row(hit).ifPresent(rows::add);
    }
    ViewPage page = Boundaries.page(known.fields(), query, rows);
    return query.count() == Count.NONE ? page : page.counted(ElasticsearchSearches.total(answer));
  }

  @Override
  public Map<TopicPartitionName, Position> positions(ViewDefinition view) {
    var all = new TreeMap<TopicPartitionName, Position>(view.start());
    livePositions(view).forEach((partition, found) -> all.put(partition, found.owned().position()));
    return all;
  }

  /**
   * Of a version that was still live after they were read: whoever reads its rows, or those of a
   * version that became live since, finds all that these positions say. Those of a version that is
   * live no more may be ahead of the rows.
   */
  private Map<TopicPartitionName, Stored> livePositions(ViewDefinition view) {
    Optional<ViewVersion> version = indices.recentlyLive(view);
    for (int attempt = 0; version.isPresent() && attempt < MAX_SWITCHES_A_READ; attempt++) {
      var stored = positions.read(version.get(), view.start().keySet());
      Optional<ViewVersion> after = indices.live(view);
      if (after.equals(version)) {
        return stored;
      }
      version = after;
    }
    return Map.of();
  }

  @Override
  public List<QuarantineEntry> setAside(ViewDefinition view, Token token, @Nullable String key) {
    return indices
        .recentlyLive(view)
        .map(version -> setAside(version, token, key))
        .orElse(List.of());
  }

  private List<QuarantineEntry> setAside(ViewVersion version, Token token, @Nullable String key) {
    return token.sequences().entrySet().stream()
        .filter(part -> version.view().topics().contains(part.getKey().topic()))
        .flatMap(
            part ->
                operations.open(version, part.getKey()).stream()
                    .filter(it -> it.sequence() <= part.getValue())
                    .filter(it -> it.sequence() == part.getValue() || it.hold().key().equals(key)))
        .limit(MAX_SET_ASIDE)
        .toList();
  }

  @Override
  public Optional<ViewPause> paused(ViewDefinition view) {
    return operations.paused(view);
  }

  @Override
  public List<ViewColumn> columns(ViewDefinition view) {
    return views.apply(view).shape().columns();
  }
}
