package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rows.Declaration;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.RowShape;
import dev.foldstream.viewstore.rows.StoreNames;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/**
 * Index settings and the strict mapping of a row record. These are the stored form.
 *
 * <p>Decimals are written as exact texts and mapped as {@code double}: the source gives the exact
 * value back, comparing and ordering are those of a double. Instants are {@code date_nanos}, which
 * holds the years 1970 to 2262.
 */
final class ElasticsearchMapping {

  /** The member of every document that is ours: key, revision, removed, watermarks. */
  static final String OWN = "foldstream";

  static final String KEY = "foldstream.key";
  static final String REMOVED = "foldstream.removed";

  /** The analysed twin of a searched text. */
  static final String TEXT = ".text";

  /** Longer texts are kept, and cannot be filtered or ordered by. */
  private static final int MAX_KEYWORD = 8191;

  /** Kept and shown, never searched: may be of any length. */
  static final String UNINDEXED = "unindexed";

  private static final String OPAQUE = "opaque";

  private static final String REFRESH_INTERVAL = "200ms";

  private final List<String> searched;

  private ElasticsearchMapping(List<String> searched) {
    this.searched = searched;
  }

  /** The body that makes the index, live at once. */
  static ObjectNode create(ViewVersion version) {
    ObjectNode body = index(version);
    body.withObject("/aliases").putObject(StoreNames.alias(version.view()));
    served(body.withObject("/settings/index"));
    return body;
  }

  /** The body that makes an index which is loaded before anybody reads it. */
  static ObjectNode createBeside(ViewVersion version) {
    ObjectNode body = index(version);
    ObjectNode index = body.withObject("/settings/index");
    index.put("auto_expand_replicas", false);
    index.put("number_of_replicas", 0);
    index.put("refresh_interval", "-1");
    return body;
  }

  /** What an index needs that is read. */
  static void served(ObjectNode index) {
    index.put("auto_expand_replicas", "0-1");
    index.put("refresh_interval", REFRESH_INTERVAL);
  }

  private static ObjectNode index(ViewVersion version) {
    var feature = version.view().feature();
    new ElasticsearchFields(feature.row()).checkSearched(feature.search());
    if (RowShape.of(feature.row()).column(OWN).isPresent()) {
      throw new IllegalArgumentException(
          "%s: no component of a row is named '%s'".formatted(version, OWN));
    }
    ObjectNode body = RowJson.object();
    ObjectNode index = body.putObject("settings").putObject("index");
    index.put("number_of_shards", 1);
    index.put("translog.durability", "request");
    body.putObject("aliases").putObject(StoreNames.rows(version));
    ObjectNode mappings = body.putObject("mappings");
    mappings.put("dynamic", "strict");
    mappings.putObject("_meta").set(OWN, meta(version));
    ObjectNode properties = mappings.putObject("properties");
    own(properties.putObject(OWN));
    new ElasticsearchMapping(feature.search()).add(properties, feature.row(), "");
    return body;
  }

  private static ObjectNode meta(ViewVersion version) {
    ObjectNode meta = RowJson.object();
    meta.put("declaration", RowJson.facts(Declaration.withSearch(version.view().feature())));
    return meta;
  }

  private static void own(ObjectNode own) {
    own.put("dynamic", "strict");
    ObjectNode properties = own.putObject("properties");
    properties.putObject("key").put("type", "keyword");
    properties.putObject("revision").put("type", "long");
    properties.putObject("removed").put("type", "boolean");
    properties.putObject("watermarks").put("type", "object").put("enabled", false);
  }

  private void add(ObjectNode properties, Class<?> record, String prefix) {
    for (RecordComponent component : record.getRecordComponents()) {
      ObjectNode field = properties.putObject(component.getName());
      String path = prefix + component.getName();
      Class<?> inner = ElasticsearchFields.inner(component.getGenericType());
      if (inner.isRecord()) {
        field.put("dynamic", "strict");
        add(field.putObject("properties"), inner, path + ".");
      } else if (RowShape.columnType(inner) == ViewColumnType.JSON) {
        opaque(field, component);
      } else {
        leaf(field, RowShape.columnType(inner), path);
      }
    }
  }

  private static void opaque(ObjectNode field, RecordComponent component) {
    boolean map =
        component.getGenericType() instanceof ParameterizedType generic
            && generic.getRawType() == Map.class;
    if (map) {
      field.put("type", "flattened");
    } else {
      field.put("type", "object").put("enabled", false);
    }
  }

  private void leaf(ObjectNode field, ViewColumnType type, String path) {
    switch (type) {
      case TEXT, ENUM, UUID -> {
        field.put("type", "keyword").put("ignore_above", MAX_KEYWORD);
        if (searched.contains(path)) {
          field.putObject("fields").putObject("text").put("type", "text");
        }
      }
      case INTEGER -> field.put("type", "integer");
      case BIGINT -> field.put("type", "long");
      case DECIMAL, DOUBLE -> field.put("type", "double");
      case BOOLEAN -> field.put("type", "boolean");
      case TIMESTAMP -> field.put("type", "date_nanos");
      case DATE -> field.put("type", "date").put("format", "strict_date");
      case ARRAY, JSON -> throw new IllegalStateException("a nested value is no leaf: " + path);
    }
  }

  /** The body that makes the index of positions. */
  static ObjectNode positions() {
    return plain(
        Map.ofEntries(
            Map.entry("domain", "keyword"),
            Map.entry("view", "keyword"),
            Map.entry("topic", "keyword"),
            Map.entry("owner", "keyword"),
            Map.entry("version", "long"),
            Map.entry("partition", "long"),
            Map.entry("sequence", "long"),
            Map.entry("nextOffset", "long"),
            Map.entry("epoch", "long"),
            Map.entry("applied", "long"),
            Map.entry("filtered", "long"),
            Map.entry("quarantined", "long"),
            Map.entry("discarded", "long"),
            Map.entry("settling", OPAQUE),
            Map.entry("seal", UNINDEXED),
            Map.entry("sealedUntil", "date"),
            Map.entry("movedAt", "date")));
  }

  /** The body that makes the index of pauses. */
  static ObjectNode pauses() {
    return plain(Map.of("principal", UNINDEXED, "since", "date"));
  }

  /** An index of our own with these fields and their types. */
  static ObjectNode plain(Map<String, String> fields) {
    ObjectNode body = RowJson.object();
    ObjectNode index = body.putObject("settings").putObject("index");
    index.put("number_of_shards", 1);
    index.put("auto_expand_replicas", "0-1");
    index.put("translog.durability", "request");
    ObjectNode mappings = body.putObject("mappings");
    mappings.put("dynamic", "strict");
    ObjectNode properties = mappings.putObject("properties");
    fields.forEach((name, type) -> field(properties.putObject(name), type));
    return body;
  }

  private static void field(ObjectNode field, String type) {
    switch (type) {
      case UNINDEXED -> field.put("type", "keyword").put("index", false).put("doc_values", false);
      case OPAQUE -> field.put("type", "object").put("enabled", false);
      default -> field.put("type", type);
    }
  }
}
