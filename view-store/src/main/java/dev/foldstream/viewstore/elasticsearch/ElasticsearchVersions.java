package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchHttp.Answer;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.StoreNames;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The indices of a view's versions: which there are, and how one is made, loaded and dropped. */
final class ElasticsearchVersions {

  private static final String EXISTS_ALREADY = "resource_already_exists_exception";

  private static final int FORGOTTEN_AT_ONCE = 1000;

  private final ElasticsearchHttp http;

  ElasticsearchVersions(ElasticsearchHttp http) {
    this.http = http;
  }

  SortedSet<Integer> numbers(ViewDefinition view) {
    Answer found = http.get("/" + StoreNames.alias(view) + "-v*/_alias?expand_wildcards=all");
    var version = Pattern.compile(Pattern.quote(StoreNames.alias(view)) + "-v([1-9][0-9]{0,8})");
    var numbers = new TreeSet<Integer>();
    found
        .body()
        .fieldNames()
        .forEachRemaining(
            index -> {
              Matcher matcher = version.matcher(index);
              if (matcher.matches()) {
                numbers.add(Integer.parseInt(matcher.group(1)));
              }
            });
    return numbers;
  }

  /** Empty when there is no such index, or it was not made by Foldstream. */
  Optional<SortedMap<String, String>> declaration(ViewVersion version) {
    String index = StoreNames.index(version);
    JsonNode meta = http.get("/" + index + "/_mapping").body().path(index).at("/mappings/_meta");
    JsonNode declaration = meta.path(ElasticsearchMapping.OWN).path("declaration");
    return declaration.isMissingNode()
        ? Optional.empty()
        : Optional.of(RowJson.facts(declaration.asText()));
  }

  /** An index that no reader sees, without replicas and refreshes until it is loaded. */
  void createBeside(ViewVersion version) {
    create(StoreNames.index(version), ElasticsearchMapping.createBeside(version));
  }

  void create(String index, JsonNode body) {
    if (http.get("/" + index).ok()) {
      return;
    }
    Answer created = http.send("PUT", "/" + index, body);
    if (!created.ok() && !created.error().contains(EXISTS_ALREADY)) {
      throw new IllegalStateException(
          "wanted to make index '%s'; Elasticsearch answered %s".formatted(index, created.error()));
    }
  }

  /** An index of our own, with the fields that were added since it was made. */
  void createOrExtend(String index, JsonNode body) {
    create(index, body);
    Answer extended = http.send("PUT", "/" + index + "/_mapping", body.path("mappings"));
    if (!extended.ok()) {
      throw new IllegalStateException(
          "wanted to extend index '%s'; Elasticsearch answered %s"
              .formatted(index, extended.error()));
    }
  }

  boolean exists(ViewVersion version) {
    return http.get("/" + StoreNames.index(version) + "/_settings").ok();
  }

  /** Is searched and replicated from now on as a live one. */
  void loaded(ViewVersion version) {
    ObjectNode body = RowJson.object();
    ElasticsearchMapping.served(body.putObject("index"));
    String index = StoreNames.index(version);
    demand("end the load of " + version, http.send("PUT", "/" + index + "/_settings", body));
    refresh(index);
  }

  void refresh(String index) {
    demand("refresh " + index, http.post("/" + index + "/_refresh"));
  }

  boolean isEmpty(ViewVersion version) {
    String index = StoreNames.index(version);
    refresh(index);
    Answer counted = http.get("/" + index + "/_count");
    demand("count the rows of " + version, counted);
    return counted.body().path("count").longValue() == 0;
  }

  /** Leaves nothing of it: no index, no positions, nothing in quarantine. */
  void drop(ViewVersion version) {
    Answer dropped = http.delete("/" + StoreNames.index(version));
    if (!dropped.notFound()) {
      demand("drop " + version, dropped);
    }
    forget(ElasticsearchPositions.INDEX, version);
    forget(ElasticsearchQuarantine.INDEX, version);
  }

  /** Deletes by id what a search finds, until it finds nothing. */
  private void forget(String index, ViewVersion version) {
    ObjectNode body = RowJson.object();
    body.put("size", FORGOTTEN_AT_ONCE);
    body.put("_source", false);
    ArrayNode all = body.putObject("query").putObject("bool").putArray("filter");
    all.addObject().putObject("term").put("domain", version.view().domain());
    all.addObject().putObject("term").put("view", version.view().name());
    all.addObject().putObject("term").put("version", version.number());
    refresh(index);
    while (true) {
      Answer found = http.send("POST", "/" + index + "/_search", body);
      demand("find what is kept of " + version, found);
      var lines = new BulkLines();
      found.body().at("/hits/hits").forEach(hit -> lines.delete(hit.path("_id").asText()));
      if (lines.isEmpty()) {
        return;
      }
      demand(
          "forget what is kept of " + version,
          http.bulk("/" + index + "/_bulk?refresh=true", lines.text()));
    }
  }

  /** After this the alias cannot be moved by whoever set the seal. */
  void endSwitch(ViewDefinition view, Seal seal) {
    ArrayNode actions = RowJson.object().putArray("actions");
    alias(actions, "remove", StoreNames.alias(view) + "-v*", seal.token());
    Answer ended = change(actions);
    if (!ended.notFound()) {
      demand("end a switch of " + view.path(), ended);
    }
  }

  /** Does all of these at once, or nothing. */
  void aliases(String wanted, ArrayNode actions) {
    demand(wanted, change(actions));
  }

  private Answer change(ArrayNode actions) {
    ObjectNode body = RowJson.object();
    body.set("actions", actions);
    return http.send("POST", "/_aliases", body);
  }

  static ObjectNode alias(ArrayNode actions, String action, String index, String alias) {
    ObjectNode one = actions.addObject().putObject(action);
    one.put("index", index).put("alias", alias);
    return one;
  }

  private static void demand(String wanted, Answer answer) {
    if (!answer.ok()) {
      throw unavailable(wanted, answer);
    }
  }

  private static ViewStoreUnavailableException unavailable(String wanted, Answer answer) {
    return new ViewStoreUnavailableException(
        "wanted to %s; Elasticsearch answered %s".formatted(wanted, answer.error()),
        new IllegalStateException(answer.error()));
  }
}
