package dev.foldstream.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.host.settings.ElasticsearchSettings;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.settings.PostgresqlSettings;
import dev.foldstream.host.settings.SchemaRegistrySettings;
import dev.foldstream.host.settings.SchemasSettings;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.host.start.StartRefusedException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HostTest {

  @Test
  void help_says_what_the_host_does_and_names_the_settings() {
    var bytes = new ByteArrayOutputStream();
    Host.help(
        HostTest.class, "library-service", new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .startsWith("library-service")
        .contains("Lends books.")
        .contains("foldstream.topics.partitions", "foldstream.postgresql.pool-size")
        .contains("kafka.bootstrap.servers", "foldstream.elasticsearch.url")
        .contains("META-INF/services/dev.foldstream.kernel.Domain");
  }

  @Test
  void settings_are_safe_by_default() {
    try (var context = ApplicationContext.run()) {
      assertThat(context.getProperty("micronaut.server.host", String.class)).contains("127.0.0.1");
      assertThat(context.getBean(TopicsSettings.class)).isEqualTo(new TopicsSettings(6, 3, 2));
      assertThat(context.getBean(KafkaSettings.class).servers()).isEqualTo("127.0.0.1:9092");
      assertThat(context.getBean(SchemasSettings.class).register()).isTrue();
      assertThat(context.getBean(SchemaRegistrySettings.class).address())
          .hasToString("http://127.0.0.1:8081");
      assertThat(context.getBean(ElasticsearchSettings.class).address()).hasPort(9200);
      assertThat(context.getBean(PostgresqlSettings.class))
          .hasToString("foldstream at jdbc:postgresql://127.0.0.1:5432/foldstream, 10 connections");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "foldstream.topics.partitions, 0, is a number from 1 to 1000; found 0",
    "foldstream.topics.min-in-sync-replicas, 4, is a number from 1 to 3; found 4",
    "foldstream.postgresql.pool-size, 0, is a number from 1 to 500; found 0",
    "foldstream.postgresql.url, mysql://x, begins with jdbc:postgresql:; found 'mysql://x'",
    "foldstream.elasticsearch.url, localhost:9200, is an address like http://127.0.0.1:9200",
    "foldstream.schema-registry.url, ':', is an address like",
    "kafka.bootstrap.servers, ' ', must not be empty",
  })
  void a_setting_that_cannot_be_meant_refuses_the_start(String name, String value, String message) {
    var properties = new HashMap<String, Object>(Map.of(name, value));
    assertThatThrownBy(() -> ApplicationContext.run(properties).close())
        .hasRootCauseInstanceOf(StartRefusedException.class)
        .rootCause()
        .hasMessageContaining(name)
        .hasMessageContaining(message);
  }

  @Test
  void health_and_metrics_are_served_and_nothing_else_of_the_inside() throws Exception {
    try (var server =
            ApplicationContext.run(EmbeddedServer.class, Map.of("micronaut.server.port", -1));
        var client = HttpClient.newHttpClient()) {
      assertThat(get(client, server, "/health").body()).contains("\"status\":\"UP\"");
      assertThat(get(client, server, "/health/readiness").statusCode()).isEqualTo(200);
      assertThat(get(client, server, "/prometheus").body()).contains("jvm_memory_used_bytes");
      for (var inside : new String[] {"/beans", "/env", "/routes", "/loggers", "/refresh"}) {
        assertThat(get(client, server, inside).statusCode()).as(inside).isEqualTo(404);
      }
    }
  }

  private static HttpResponse<String> get(HttpClient client, EmbeddedServer server, String path)
      throws Exception {
    var request = HttpRequest.newBuilder(server.getURI().resolve(path)).build();
    return client.send(request, BodyHandlers.ofString());
  }
}
