package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewShapeException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.Declaration;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.StoreNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the indices, and knows by the alias which version is live. */
final class ElasticsearchIndices {

  /** How long a reader may take the version it saw last for the live one. */
  private static final Duration VERSION_KEPT = Duration.ofSeconds(1);

  private static final String STORE = "Elasticsearch";
  private static final Pattern VERSION = Pattern.compile(".*-v([1-9][0-9]{0,8})");
  private static final String EXISTS_ALREADY = "resource_already_exists_exception";

  private final ElasticsearchHttp http;
  private final Map<ViewDefinition, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(OptionalInt version, long atNanos) {}

  ElasticsearchIndices(ElasticsearchHttp http) {
    this.http = http;
  }

  ViewVersion prepare(ViewDefinition view) {
    createOrExtend(ElasticsearchPositions.INDEX, ElasticsearchMapping.positions());
    createOrExtend(ElasticsearchQuarantine.INDEX, ElasticsearchQuarantine.mapping());
    createOrExtend(ElasticsearchViewOperations.PAUSES, ElasticsearchMapping.pauses());
    Optional<ViewVersion> live = live(view);
    ViewVersion version = live.orElseGet(() -> new ViewVersion(view, 1));
    if (live.isEmpty()) {
      createIfAbsent(StoreNames.index(version), ElasticsearchMapping.create(version));
    }
    refuseAnother(version);
    return version;
  }

  /** An index of our own, with the fields that were added since it was made. */
  private void createOrExtend(String index, JsonNode body) {
    createIfAbsent(index, body);
    Answer extended = http.send("PUT", "/" + index + "/_mapping", body.path("mappings"));
    if (!extended.ok()) {
      throw new IllegalStateException(
          "wanted to extend index '%s'; Elasticsearch answered %s"
              .formatted(index, extended.error()));
    }
  }

  private void createIfAbsent(String index, JsonNode body) {
    if (http.get("/" + index).ok()) {
      return;
    }
    Answer created = http.send("PUT", "/" + index, body);
    if (!created.ok() && !created.error().contains(EXISTS_ALREADY)) {
      throw new IllegalStateException(
          "wanted to make index '%s'; Elasticsearch answered %s".formatted(index, created.error()));
    }
  }

  private void refuseAnother(ViewVersion version) {
    String index = StoreNames.index(version);
    JsonNode meta =
        http.get("/" + index + "/_mapping")
            .body()
            .path(index)
            .path("mappings")
            .path("_meta")
            .path(ElasticsearchMapping.OWN);
    List<String> differences =
        meta.isMissingNode()
            ? List.of("index '" + index + "' was not made by Foldstream")
            : Declaration.differences(
                RowJson.facts(meta.path("declaration").asText()),
                Declaration.withSearch(version.view().feature()));
    if (!differences.isEmpty()) {
      throw new ViewShapeException(version, STORE, differences);
    }
  }

  /** The version behind the alias, as it is now. */
  Optional<ViewVersion> live(ViewDefinition view) {
    OptionalInt number = liveNumber(view);
    seen.put(view, new Seen(number, System.nanoTime()));
    return number.isPresent()
        ? Optional.of(new ViewVersion(view, number.getAsInt()))
        : Optional.empty();
  }

  /** The version behind the alias, as it was a moment ago. */
  Optional<ViewVersion> recentlyLive(ViewDefinition view) {
    Seen last = seen.get(view);
    if (last == null
        || last.version().isEmpty()
        || System.nanoTime() - last.atNanos() > VERSION_KEPT.toNanos()) {
      return live(view);
    }
    return Optional.of(new ViewVersion(view, last.version().getAsInt()));
  }

  private OptionalInt liveNumber(ViewDefinition view) {
    String alias = StoreNames.alias(view);
    Answer answer = http.get("/_alias/" + alias);
    if (answer.notFound()) {
      return OptionalInt.empty();
    }
    var indices = new ArrayList<String>();
    answer.body().fieldNames().forEachRemaining(indices::add);
    Matcher matcher = indices.size() == 1 ? VERSION.matcher(indices.getFirst()) : null;
    if (matcher == null || !matcher.matches()) {
      throw new IllegalStateException(
          "alias '%s' stands for one index '%s-v<n>'; found %s"
              .formatted(alias, alias, answer.ok() ? indices : answer.error()));
    }
    return OptionalInt.of(Integer.parseInt(matcher.group(1)));
  }
}
