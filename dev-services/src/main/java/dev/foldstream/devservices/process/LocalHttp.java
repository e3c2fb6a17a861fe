package dev.foldstream.devservices.process;

import dev.foldstream.devservices.parts.DevServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The few requests by which a server is asked whether it is ready. */
public final class LocalHttp {

  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
  private static final int READ_TIMEOUT_MILLIS = 5_000;
  private static final int POLL_INTERVAL_MILLIS = 50;

  private LocalHttp() {}

  /** An answer; status 0 when there was none. */
  public record Answer(int status, String body) {}

  public static Answer get(String url) {
    return exchange("GET", url, null);
  }

  public static Answer put(String url, String json) {
    return exchange("PUT", url, json);
  }

  /** Asks until the answer is 200, the child is dead or the time is over. */
  public static Answer awaitOk(String url, ChildJvm child, Duration timeout) {
    Instant end = Instant.now().plus(timeout);
    Answer last = new Answer(0, "");
    while (Instant.now().isBefore(end)) {
      if (!child.isAlive()) {
        throw child.failed("ended before it was ready");
      }
      last = get(url);
      if (last.status() == HttpURLConnection.HTTP_OK) {
        return last;
      }
      pause();
    }
    throw child.failed(
        "was not ready within %d s: GET %s answered %d %s"
            .formatted(timeout.toSeconds(), url, last.status(), last.body()));
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_INTERVAL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DevServiceException("Interrupted while a server started", e);
    }
  }

  private static Answer exchange(String method, String url, @Nullable String json) {
    try {
      var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
      connection.setReadTimeout(READ_TIMEOUT_MILLIS);
      if (json != null) {
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (var out = connection.getOutputStream()) {
          out.write(json.getBytes(StandardCharsets.UTF_8));
        }
      }
      return answer(connection);
    } catch (java.net.MalformedURLException e) {
      throw new UncheckedIOException(e);
    } catch (IOException nobodyThere) {
      return new Answer(0, String.valueOf(nobodyThere.getMessage()));
    }
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (var in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(status, body);
    }
  }
}
