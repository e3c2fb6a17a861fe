package dev.foldstream.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A client of HTTP/1.1 that costs little, so that on a small machine the server is what is
 * measured: connections are kept, answers need a {@code Content-Length}, and nothing else of the
 * protocol is known.
 */
public final class HttpConnections implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 30_000;

  private final URI host;
  private final ConcurrentLinkedDeque<Connection> free = new ConcurrentLinkedDeque<>();

  public HttpConnections(URI host) {
    this.host = host;
  }

  /** Status and body. */
  public record Answer(int status, String body) {}

  /**
   * Sends a request and waits for its answer.
   *
   * @param head the request line and the headers but {@code Host} and {@code Content-Length}, each
   *     line ended
   */
  public Answer send(String head, String body) throws IOException {
    Connection connection = free.pollFirst();
    if (connection == null) {
      connection = new Connection(host);
    }
    Answer answer = connection.send(head, body);
    free.addFirst(connection);
    return answer;
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : free) {
      connection.socket.close();
    }
  }

  private static final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final String hostHeader;

    Connection(URI host) throws IOException {
      socket = new Socket(host.getHost(), host.getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream(), 4_096);
      hostHeader = "Host: " + host.getAuthority() + "\r\nContent-Length: ";
    }

    Answer send(String head, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String request = head + hostHeader + bytes.length + "\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      String statusLine = line();
      int length = 0;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(header.substring("content-length:".length()).strip());
        }
      }
      return new Answer(
          Integer.parseInt(statusLine.substring(9, 12)),
          new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
      var line = new StringBuilder(64);
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("the connection ended in the middle of an answer");
        }
        if (next != '\r') {
          line.append((char) next);
        }
      }
      return line.toString();
    }
  }
}
