package dev.foldstream.queryservice.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.queryservice.filters.QueryBounds;
import dev.foldstream.viewstore.ViewQuery;
import java.util.Map;
import java.util.TreeMap;

/** Parameters, headers and problems that the addresses of all views share. */
final class SharedParts {

  /** Parameters of lists and rows, with what they say. */
  private static final Map<String, String> TEXTS =
      Map.of(
          "select", "columns of the answer, and parts of them: `orderId,lines.sku`",
          "cursor", "`next` of the answer before; with the same filters and order",
          "and", "conditions that must all hold: `(total.gte.100,status.neq.PLACED)`",
          "or", "conditions of which one must hold: `(total.gte.100,and(a.eq.1,b.is.null))`");

  private SharedParts() {}

  static void addTo(ObjectNode components) {
    ObjectNode parameters = components.withObject("/parameters");
    new TreeMap<>(TEXTS).forEach((name, text) -> parameters.set(name, query(name, text)));
    ObjectNode limit = query("limit", "how many the answer holds at most");
    limit
        .putObject("schema")
        .put("type", "integer")
        .put("minimum", 1)
        .put("maximum", ViewQuery.MAX_LIMIT)
        .put("default", ViewQuery.DEFAULT_LIMIT);
    parameters.set("limit", limit);
    parameters.set("q", query("q", "what is looked for; letters may be wrong"));
    parameters.set(
        "Foldstream-Token",
        header("Foldstream-Token", "waits until the view has seen what this token names"));
    parameters.set(
        "Prefer",
        header("Prefer", "`wait=2`: seconds to wait at most; `count=exact` or `count=estimated`"));
    parameters.set("If-None-Match", header("If-None-Match", "the ETag of what the caller holds"));
    problems(components);
  }

  private static void problems(ObjectNode components) {
    components.withObject("/schemas").set("FoldstreamProblem", problem());
    ObjectNode responses = components.withObject("/responses");
    Map<String, String> texts =
        Map.of(
            "NotModified", "the caller holds it already",
            "Invalid", "invalid-query, invalid-token: every fault with its parameter and place",
            "Unknown", "unknown-view, not-found, not-searchable",
            "Costly", "too-costly, answer-too-large",
            "Requests", "too-many-requests, with Retry-After",
            "Unavailable", "view-behind, too-many-waits, view-store-unavailable");
    new TreeMap<>(texts)
        .forEach((name, text) -> responses.set(name, response(text, !name.equals("NotModified"))));
  }

  private static ObjectNode response(String text, boolean problem) {
    ObjectNode response = JsonNodeFactory.instance.objectNode().put("description", text);
    if (problem) {
      response
          .putObject("content")
          .putObject("application/problem+json")
          .putObject("schema")
          .put("$ref", "#/components/schemas/FoldstreamProblem");
    }
    return response;
  }

  private static ObjectNode problem() {
    ObjectNode problem = RowSchemas.typed("object");
    problem.put("description", "Problem details (RFC 9457)");
    ObjectNode properties = problem.putObject("properties");
    for (String name : new String[] {"type", "title", "detail", "instance"}) {
      properties.set(name, RowSchemas.typed("string"));
    }
    properties.set("status", RowSchemas.typed("integer"));
    ObjectNode fault = RowSchemas.typed("object");
    ObjectNode faultProperties = fault.putObject("properties");
    for (String name : new String[] {"parameter", "header", "pointer", "detail"}) {
      faultProperties.set(name, RowSchemas.typed("string"));
    }
    faultProperties.set("column", RowSchemas.typed("integer"));
    properties.set("errors", RowSchemas.typed("array").set("items", fault));
    return problem;
  }

  /** Refers to shared parameters. */
  static void refer(ArrayNode parameters, String... names) {
    for (String name : names) {
      parameters.addObject().put("$ref", "#/components/parameters/" + name);
    }
  }

  static ObjectNode query(String name, String text) {
    return parameter(name, "query", text);
  }

  private static ObjectNode header(String name, String text) {
    return parameter(name, "header", text);
  }

  static ObjectNode parameter(String name, String in, String text) {
    ObjectNode parameter = JsonNodeFactory.instance.objectNode();
    parameter.put("name", name).put("in", in).put("description", text);
    parameter.putObject("schema").put("type", "string");
    return parameter;
  }

  /** What a query may not exceed. */
  static String bounds() {
    return "At most %d conditions, %d deep, %d values of an `in`, %d characters of a value and %d of a pattern with %d stars."
        .formatted(
            QueryBounds.MAX_CONDITIONS,
            QueryBounds.MAX_DEPTH,
            QueryBounds.MAX_LIST,
            QueryBounds.MAX_VALUE,
            QueryBounds.MAX_PATTERN,
            QueryBounds.MAX_STARS);
  }
}
