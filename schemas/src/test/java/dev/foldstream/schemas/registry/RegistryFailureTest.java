package dev.foldstream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.samples.LampDomain;
import dev.foldstream.schemas.wire.UnreadableValueException;
import dev.foldstream.schemas.wire.WireCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryFailureTest {

  private final Deque<Integer> statuses = new ArrayDeque<>();
  private String body = "{\"schema\": \"\\\"string\\\"\", \"message\": \"busy\"}";
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private SchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          int status = statuses.size() > 1 ? statuses.remove() : statuses.element();
          exchange.sendResponseHeaders(status, body.length());
          exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
    registry =
        new ConfluentSchemaRegistry(
            URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort())));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_passing_failure_is_tried_again() {
    statuses.addAll(List.of(503, 429, 200));
    assertThat(registry.schema(1).getType().getName()).isEqualTo("string");
    assertThat(asked).hasValue(3);
  }

  @Test
  void a_schema_is_asked_for_once() {
    statuses.add(200);
    assertThat(registry.schema(1)).isSameAs(registry.schema(1));
    assertThat(asked).hasValue(1);
  }

  @Test
  void a_lasting_failure_is_reported_after_a_bounded_number_of_tries() {
    statuses.add(503);
    assertThatThrownBy(() -> registry.schema(1))
        .isInstanceOf(SchemaRegistryUnavailableException.class)
        .hasMessageContaining("/schemas/ids/1")
        .hasMessageContaining("status 503: busy");
    assertThat(asked).hasValue(RegistryRequests.MAX_TRIES);
  }

  @Test
  void an_answer_of_something_else_is_no_answer_of_a_registry() {
    statuses.add(200);
    body = "<html>";
    assertThatThrownBy(() -> registry.schema(1))
        .isInstanceOf(SchemaRegistryUnavailableException.class)
        .hasMessageContaining("status 200 without schema");
    assertThatThrownBy(() -> registry.register("s", Schema.create(Schema.Type.STRING)))
        .isInstanceOf(SchemaRegistryUnavailableException.class)
        .hasMessageContaining("status 200 without id");
  }

  @Test
  void an_id_that_no_schema_can_have_is_not_asked_for() {
    assertThatThrownBy(() -> registry.schema(-1)).isInstanceOf(UnknownSchemaException.class);
    assertThat(asked).hasValue(0);
  }

  @Test
  void a_schema_of_another_language_makes_a_value_unreadable() {
    statuses.add(200);
    body = "{\"schema\": \"syntax = proto3;\", \"schemaType\": \"PROTOBUF\"}";
    var codec = new WireCodec(registry, SchemaFiles.of(new LampDomain()));
    assertThatThrownBy(() -> codec.decode(new byte[] {0, 0, 0, 0, 1, 2}))
        .isInstanceOf(UnreadableValueException.class)
        .hasMessageContaining("the schema with id 1 is not one of Avro");
  }

  @Test
  void a_registry_that_is_not_there_is_reported_with_its_address() {
    server.stop(0);
    assertThatThrownBy(() -> registry.schema(1))
        .isInstanceOf(SchemaRegistryUnavailableException.class)
        .hasMessageContaining("http://127.0.0.1:");
  }
}
