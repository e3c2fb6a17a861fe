package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foldstream.viewstore.rows.RowJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before Elasticsearch and turns bulks of rows away, whole ones or their first row. */
final class TurningAway implements AutoCloseable {

  private static final String FULL =
      """
      {"status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "full"}}
      """;

  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI behind;
  private final AtomicInteger bulks = new AtomicInteger();
  private final AtomicInteger rows = new AtomicInteger();

  TurningAway(URI behind) throws IOException {
    this.behind = behind;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Turns so many bulks away. */
  void bulks(int number) {
    bulks.set(number);
  }

  /** Turns the first rows of so many bulks away. */
  void rows(int number) {
    rows.set(number);
  }

  private static boolean one(AtomicInteger left) {
    return left.getAndUpdate(number -> Math.max(0, number - 1)) > 0;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean ofRows = exchange.getRequestURI().getPath().endsWith(".rows/_bulk");
      if (ofRows && one(bulks)) {
        answer(exchange, 429, FULL);
      } else if (ofRows && one(rows)) {
        answer(exchange, 200, withoutFirst(exchange, body));
      } else {
        forward(exchange, body);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private String withoutFirst(HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    List<String> lines = body.lines().toList();
    ObjectNode answer = RowJson.object();
    if (lines.size() > 2) {
      String rest = String.join("\n", lines.subList(2, lines.size())) + "\n";
      answer = (ObjectNode) RowJson.tree(send(exchange, rest).body());
    }
    ObjectNode turnedAway = (ObjectNode) RowJson.tree(FULL);
    turnedAway.put("_id", RowJson.tree(lines.getFirst()).elements().next().path("_id").asText());
    ObjectNode item = RowJson.object();
    item.set("create", turnedAway);
    ArrayNode items = answer.withArray("items");
    items.insert(0, item);
    return answer.put("errors", true).toString();
  }

  private java.net.http.HttpResponse<String> send(HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    URI asked = exchange.getRequestURI();
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return client.send(
        HttpRequest.newBuilder(behind.resolve(asked.toString()))
            .header("Content-Type", type == null ? "application/json" : type)
            .method(exchange.getRequestMethod(), BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private void forward(HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    var answer = send(exchange, body);
    answer(exchange, answer.statusCode(), answer.body());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
