package dev.foldstream.queryservice.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.filters.Requests;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** The addresses of one view. */
final class ViewPaths {

  private static final String OPERATORS =
      "A condition is `<operator>.<value>` or `not.<operator>.<value>`, with the operators eq, neq,"
          + " gt, gte, lt, lte, like and ilike (`*` for any characters), in (`in.(a,b)`), is"
          + " (`is.null`), and of lists cs (`cs.{a,b}`: all of these), ov (one of these) and cd"
          + " (none but these). All that are given must hold. ";

  private final ServedView view;
  private final Collection<RowField> fields;
  private final String row;

  ViewPaths(ServedView view) {
    this.view = view;
    this.fields = RowFields.of(view.shape().type()).all();
    this.row = "#/components/schemas/" + schemaName();
  }

  private String schemaName() {
    return view.address().replaceAll("[^A-Za-z0-9._-]", "_");
  }

  void addTo(ObjectNode paths, ObjectNode schemas) {
    schemas.set(schemaName(), RowSchemas.of(view.shape().type()));
    String address = view.address();
    paths.set("/views/" + address, page());
    paths.set("/views/" + address + "/{key}", row());
    if (view.stores().contains(ViewStoreKind.ELASTICSEARCH)) {
      paths.set("/search/" + address, search());
      if (!view.definition().feature().search().isEmpty()) {
        paths.set("/search/" + address + "/suggest", suggest());
      }
    }
  }

  private ObjectNode page() {
    ObjectNode path = object();
    ObjectNode get = get(path, "views", "Rows of " + view.address(), OPERATORS);
    ArrayNode parameters = get.putArray("parameters");
    SharedParts.refer(parameters, "limit", "cursor", "select");
    parameters.add(order());
    store(parameters);
    conditions(parameters);
    headers(parameters);
    ObjectNode answer = list(object().put("$ref", row));
    answer
        .withObject("/properties")
        .set(
            "count", RowSchemas.typed("integer").put("description", "with `Prefer: count=` alone"));
    responses(get, answer);
    return path;
  }

  private ObjectNode row() {
    ObjectNode path = object();
    ObjectNode get =
        get(path, "views", "One row of " + view.address(), "An unchanged row is a 304.");
    ArrayNode parameters = get.putArray("parameters");
    parameters.add(
        SharedParts.parameter("key", "path", "the key of the row").put("required", true));
    SharedParts.refer(parameters, "select");
    store(parameters);
    headers(parameters);
    responses(get, object().put("$ref", row));
    return path;
  }

  private ObjectNode search() {
    ObjectNode path = object();
    ObjectNode get =
        get(
            path,
            "search",
            "Rows of " + view.address() + " by text",
            "All words of q must be found in %s; a letter or two of a word may be wrong. Matches are marked with `<em>`. Without a token an answer may be about a second old. "
                    .formatted(view.definition().feature().search())
                + OPERATORS);
    ArrayNode parameters = get.putArray("parameters");
    SharedParts.refer(parameters, "q");
    parameters.add(
        SharedParts.query(Requests.FACETS, "fields whose values are counted, of " + paths(fields)));
    SharedParts.refer(parameters, "limit", "cursor", "select");
    parameters.add(order());
    conditions(parameters);
    headers(parameters);
    ObjectNode hit = object();
    hit.putArray("allOf").addObject().put("$ref", row);
    ObjectNode beside = RowSchemas.typed("object");
    beside.putObject("properties").set("_score", RowSchemas.typed("number"));
    beside.withObject("/properties").set("_highlights", RowSchemas.typed("object"));
    hit.withArray("allOf").add(beside);
    ObjectNode answer = list(hit);
    answer.withObject("/properties").set("total", RowSchemas.typed("integer"));
    answer.withObject("/properties").set("facets", RowSchemas.typed("object"));
    responses(get, answer);
    return path;
  }

  private ObjectNode suggest() {
    ObjectNode path = object();
    ObjectNode get =
        get(
            path,
            "search",
            "What a text may be the beginning of in " + view.address(),
            "Values of %s in which the last word of q begins a word, and the others are words. "
                    .formatted(view.definition().feature().search())
                + OPERATORS);
    ArrayNode parameters = get.putArray("parameters");
    SharedParts.refer(parameters, "q", "limit");
    conditions(parameters);
    headers(parameters);
    ObjectNode suggestion = RowSchemas.typed("object");
    suggestion.putObject("properties").set("text", RowSchemas.typed("string"));
    suggestion.withObject("/properties").set("column", RowSchemas.typed("string"));
    responses(get, list(suggestion));
    return path;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode get(ObjectNode path, String tag, String summary, String text) {
    ObjectNode get = path.putObject("get");
    get.putArray("tags").add(tag);
    return get.put("summary", summary).put("description", text);
  }

  private ObjectNode order() {
    String sortable = paths(fields.stream().filter(field -> !field.many()).toList());
    return SharedParts.query(
        "order",
        "`a.desc.nullsfirst,b`, of %s; the key of the row is always the last".formatted(sortable));
  }

  private static String paths(Collection<RowField> fields) {
    return fields.stream().map(RowField::path).collect(Collectors.joining(", "));
  }

  private void store(ArrayNode parameters) {
    if (view.stores().size() < 2) {
      return;
    }
    ObjectNode store = SharedParts.query("store", "the store that answers");
    ArrayNode names = store.withObject("/schema").putArray("enum");
    view.stores().stream()
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .sorted()
        .forEach(names::add);
    parameters.add(store);
  }

  private void conditions(ArrayNode parameters) {
    for (RowField field : fields) {
      String name =
          Requests.isOption(field.path()) ? Requests.COLUMN_PREFIX + field.path() : field.path();
      String values = RowSchemas.value(field.type(), field.javaType()).toString();
      String many =
          field.many() ? "; one of several has to meet it, or cs, ov and cd compare all" : "";
      parameters.add(SharedParts.query(name, "a condition on values like " + values + many));
    }
    SharedParts.refer(parameters, "and", "or");
  }

  private static void headers(ArrayNode parameters) {
    SharedParts.refer(parameters, "Foldstream-Token", "Prefer", "If-None-Match");
  }

  private static ObjectNode list(ObjectNode item) {
    ObjectNode list = RowSchemas.typed("object");
    ObjectNode properties = list.putObject("properties");
    properties.set("items", RowSchemas.typed("array").set("items", item));
    properties.set("next", RowSchemas.typed("string").put("nullable", true));
    properties.set("token", RowSchemas.typed("string"));
    return list;
  }

  private static void responses(ObjectNode get, ObjectNode answer) {
    ObjectNode responses = get.putObject("responses");
    ObjectNode ok = responses.putObject("200").put("description", "found");
    ok.putObject("content").putObject("application/json").set("schema", answer);
    for (String header : new String[] {"ETag", "Foldstream-Token", "Cache-Control"}) {
      ok.withObject("/headers").putObject(header).set("schema", RowSchemas.typed("string"));
    }
    refer(responses, "304", "NotModified");
    refer(responses, "400", "Invalid");
    refer(responses, "404", "Unknown");
    refer(responses, "422", "Costly");
    refer(responses, "429", "Requests");
    refer(responses, "503", "Unavailable");
  }

  private static void refer(ObjectNode responses, String status, String name) {
    responses.putObject(status).put("$ref", "#/components/responses/" + name);
  }
}
