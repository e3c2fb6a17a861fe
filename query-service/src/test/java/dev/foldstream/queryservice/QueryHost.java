package dev.foldstream.queryservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.parts.Part;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import dev.foldstream.viewstore.postgres.PostgresSettings;
import dev.foldstream.viewstore.postgres.PostgresViewStore;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A running query-service over real stores, and the stores as a projector sees them. */
public final class QueryHost implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String jdbcUrl;
  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final PostgresViewStore postgres;
  private final ElasticsearchViewStore elasticsearch;

  private QueryHost(String jdbcUrl, Map<String, Object> settings) {
    var services = DevServices.shared();
    var sql = services.postgres();
    this.jdbcUrl = jdbcUrl;
    var all = new HashMap<String, Object>(settings);
    all.put("micronaut.server.port", -1);
    all.put("foldstream.postgresql.url", jdbcUrl);
    all.put("foldstream.postgresql.user", sql.user());
    all.put("foldstream.postgresql.password", sql.password());
    all.put("foldstream.elasticsearch.url", services.elasticsearch().url());
    server = ApplicationContext.run(EmbeddedServer.class, all);
    postgres = PostgresViewStore.open(new PostgresSettings(jdbcUrl, sql.user(), sql.password(), 2));
    elasticsearch = ElasticsearchViewStore.open(URI.create(services.elasticsearch().url()));
  }

  /** A host over empty stores. */
  public static QueryHost start() {
    return start(Map.of());
  }

  /** A host over empty stores; one that was started before must be closed. */
  public static QueryHost start(Map<String, Object> settings) {
    var services = DevServices.shared().start(Part.POSTGRESQL, Part.ELASTICSEARCH);
    EmptyElasticsearch.at(URI.create(services.elasticsearch().url()));
    return new QueryHost(services.postgres().newDatabase("queries"), settings);
  }

  /** Another host over the same stores. */
  public QueryHost another() {
    return another(Map.of());
  }

  public QueryHost another(Map<String, Object> settings) {
    return new QueryHost(jdbcUrl, settings);
  }

  /** A connection to the database under the views. */
  public Connection connection() throws SQLException {
    var sql = DevServices.shared().postgres();
    return DriverManager.getConnection(jdbcUrl, sql.user(), sql.password());
  }

  /** A part of the running host. */
  public <T> T part(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  public ViewDefinition view(String name) {
    return server.getApplicationContext().getBean(ServedViews.class).named(name).definition();
  }

  public ViewStore store(ViewStoreKind kind) {
    return switch (kind) {
      case POSTGRESQL -> postgres;
      case ELASTICSEARCH -> elasticsearch;
    };
  }

  /** Fills the view in every store it is kept in. */
  public Rows rows(String view) {
    return new Rows(this, view(view));
  }

  public HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(server.getURI() + pathAndQuery));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
    return send(request(pathAndQuery));
  }

  /** The body of a 200. */
  public JsonNode json(String pathAndQuery) throws IOException, InterruptedException {
    var answer = get(pathAndQuery);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return JSON.readTree(answer.body());
  }

  /** The problem of this status and type. */
  public JsonNode problem(int status, String type, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return problem(status, type, send(request));
  }

  public JsonNode problem(int status, String type, HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("type").asText()).isEqualTo("https://foldstream.dev/problems/" + type);
    return problem;
  }

  /** Stops the host as the end of its process does. */
  public void stop() {
    server.stop();
  }

  @Override
  public void close() {
    server.close();
    client.close();
    postgres.close();
    elasticsearch.close();
  }
}
