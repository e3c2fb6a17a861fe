package dev.foldstream.topologyservice.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foldstream.topology.build.Webhooks.WebhookCall;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A real server that answers, fails, keeps one waiting, or is not there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookSenderTest {

  private static final int QUEUE = 5;
  private static final int TRIES = 3;

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final HttpServer server;
  private final WebhookSender sender;

  WebhookSenderTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sender = new WebhookSender(new WebhookSettings(QUEUE, TRIES, Duration.ofSeconds(1)), meters);
  }

  @BeforeEach
  void start() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/takes", exchange -> answer(exchange, 204));
    server.createContext(
        "/fails-twice", exchange -> answer(exchange, heard("/fails-twice") < 2 ? 500 : 204));
    server.createContext(
        "/never",
        exchange -> {
          answer(exchange, 0);
          await(end);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    sender.close();
    server.stop(0);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }

  /** Status 0 hears, and does not answer. */
  private void answer(HttpExchange exchange, int status) throws IOException {
    String id = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    calls.add(exchange.getRequestURI().getPath() + " " + id);
    if (status > 0) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    }
  }

  private long heard(String path) {
    return calls.stream().filter(call -> call.startsWith(path + " ")).count();
  }

  private void send(String base, String path, int number) {
    sender.send(new WebhookCall("t", "a", base + path, "id-" + number, "{}"));
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private double count(String what) {
    return meters.get("foldstream.topology.webhooks").tag("what", what).counter().count();
  }

  private void awaitCounts(int sent, int givenUp) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(count("sent")).isEqualTo(sent);
              assertThat(count("given-up")).isEqualTo(givenUp);
            });
  }

  @Test
  void a_call_that_fails_is_tried_again_under_the_same_id() {
    send(base(), "/fails-twice", 1);
    awaitCounts(1, 0);
    assertThat(calls)
        .containsExactly("/fails-twice id-1", "/fails-twice id-1", "/fails-twice id-1");
  }

  @Test
  void an_address_that_does_not_answer_keeps_no_other_waiting_and_is_given_up() {
    send(base(), "/never", 1);
    for (int i = 1; i < QUEUE; i++) {
      send(base(), "/takes", i);
    }
    Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> count("sent") == QUEUE - 1);
    awaitCounts(QUEUE - 1, 1);
    assertThat(heard("/never")).isEqualTo(TRIES);
  }

  @Test
  void nobody_there_and_more_than_may_wait_is_given_up_and_the_caller_never_waits()
      throws IOException {
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    long started = System.nanoTime();
    for (int i = 0; i < 2 * QUEUE; i++) {
      send(base(), "/never", i);
    }
    send("http://127.0.0.1:" + closed, "/nobody", 1);
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
    assertThat(count("given-up")).isGreaterThanOrEqualTo(QUEUE);
  }
}
