package dev.foldstream.viewstore.elasticsearch;

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
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the indices, and knows by the alias which version is live. */
final class ElasticsearchIndices {

  /** How long a reader may take the version it saw last for the live one. */
  private static final Duration VERSION_KEPT = Duration.ofSeconds(1);

  private static final String STORE = "Elasticsearch";
  private static final Pattern VERSION = Pattern.compile(".*-v([1-9][0-9]{0,8})");

  private final ElasticsearchHttp http;
  private final ElasticsearchVersions versions;
  private final Map<ViewDefinition, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(OptionalInt version, long atNanos) {}

  ElasticsearchIndices(ElasticsearchHttp http, ElasticsearchVersions versions) {
    this.http = http;
    this.versions = versions;
  }

  ViewVersion prepare(ViewDefinition view) {
    versions.createOrExtend(ElasticsearchPositions.INDEX, ElasticsearchMapping.positions());
    versions.createOrExtend(ElasticsearchQuarantine.INDEX, ElasticsearchQuarantine.mapping());
    versions.createOrExtend(ElasticsearchViewOperations.PAUSES, ElasticsearchMapping.pauses());
    versions.createOrExtend(RebuildDocuments.INDEX, RebuildDocuments.mapping());
    SortedSet<Integer> numbers = versions.numbers(view);
    Optional<ViewVersion> live = live(view);
    ViewVersion version =
        live.orElseGet(() -> new ViewVersion(view, numbers.isEmpty() ? 1 : numbers.last() + 1));
    if (live.isEmpty()) {
      versions.create(StoreNames.index(version), ElasticsearchMapping.create(version));
    }
    refuseAnother(version);
    writeByAlias(version);
    return version;
  }

  private void refuseAnother(ViewVersion version) {
    List<String> differences =
        versions
            .declaration(version)
            .map(
                kept ->
                    Declaration.differences(kept, Declaration.withSearch(version.view().feature())))
            .orElse(
                List.of(
                    "index '%s' was not made by Foldstream".formatted(StoreNames.index(version))));
    if (!differences.isEmpty()) {
      throw new ViewShapeException(version, STORE, differences);
    }
  }

  /** Older indices have no such alias. */
  private void writeByAlias(ViewVersion version) {
    if (!http.get("/_alias/" + StoreNames.rows(version)).ok()) {
      var actions = RowJson.object().putArray("actions");
      ElasticsearchVersions.alias(
          actions, "add", StoreNames.index(version), StoreNames.rows(version));
      versions.aliases("name the rows of " + version, actions);
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
