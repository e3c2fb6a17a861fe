package dev.foldstream.quickstart;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A child that answers as a host does, or refuses to start when it is told to. */
public final class TinyHost {

  private TinyHost() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) {
      throw new IllegalStateException(arguments[0]);
    }
    int port = Integer.parseInt(System.getenv().getOrDefault("MICRONAUT_SERVER_PORT", "0"));
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    byte[] body = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopped in order")));
    server.start();
    System.out.println("tiny host on port " + port);
  }
}
