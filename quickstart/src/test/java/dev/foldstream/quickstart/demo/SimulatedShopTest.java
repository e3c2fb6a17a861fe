package dev.foldstream.quickstart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedShopTest {

  private static final int COMMANDS = 300;

  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer server = started();

  private HttpServer started() {
    try {
      var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext("/", this::answer);
      return http;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void open() {
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  /** Accepts, refuses and fails in turn. */
  private void answer(HttpExchange exchange) throws IOException {
    paths.add(exchange.getRequestURI().getPath());
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    int status = List.of(200, 422, 503).get(paths.size() % 3);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Test
  void it_opens_accounts_first_then_uses_every_public_command() {
    var shop = shop();
    for (int n = 0; n < COMMANDS; n++) {
      shop.trade();
    }
    assertThat(paths.subList(0, 20)).allMatch(path -> path.endsWith("/OpenAccount"));
    assertThat(paths.stream().map(path -> path.replaceAll(".*/", "")).distinct())
        .containsExactlyInAnyOrder(
            "OpenAccount",
            "DepositMoney",
            "ReceiveStock",
            "PlaceOrder",
            "ConfirmOrder",
            "ShipOrder",
            "DeliverOrder",
            "CancelOrder");
    assertThat(bodies).anyMatch(body -> body.contains("\"sku\": \"lamp\""));
  }

  @Test
  void refusals_and_failures_are_counted_and_it_goes_on() {
    var shop = shop();
    for (int n = 0; n < 30; n++) {
      shop.trade();
    }
    assertThat(shop.summary()).contains("200=10").contains("422=10").contains("503=10");
    server.stop(0);
    shop.trade();
    assertThat(shop.summary()).contains("unreachable=1");
  }

  private SimulatedShop shop() {
    var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new SimulatedShop(uri, 5, _ -> {});
  }
}
