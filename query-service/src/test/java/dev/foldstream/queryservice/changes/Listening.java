package dev.foldstream.queryservice.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.queryservice.QueryHost;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A caller that listens to changes and keeps what it hears. */
final class Listening implements Flow.Subscriber<String>, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One server-sent event. */
  record Heard(String name, @Nullable String id, JsonNode data) {}

  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean ended;

  static Listening to(HttpClient client, QueryHost host, String path, @Nullable String lastId) {
    var listening = new Listening();
    var request = host.request(path).header("Accept", "text/event-stream");
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    var _ = client.sendAsync(request.build(), BodyHandlers.fromLineSubscriber(listening));
    return listening;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public synchronized void onNext(String line) {
    if (!line.isEmpty()) {
      lines.add(line);
    } else if (!lines.isEmpty()) {
      heard.add(event());
      lines.clear();
    }
  }

  private Heard event() {
    try {
      return new Heard(
          String.valueOf(field("event")),
          field("id"),
          JSON.readTree(String.valueOf(field("data"))));
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(String.join("\n", lines), notJson);
    }
  }

  private @Nullable String field(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse(null);
  }

  @Override
  public void onError(Throwable failure) {
    ended = true;
  }

  @Override
  public void onComplete() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Without heart-beats. */
  List<Heard> heard() {
    return heard.stream().filter(it -> !it.name().equals("heartbeat")).toList();
  }

  List<String> names() {
    return heard.stream().map(Heard::name).toList();
  }

  /** The keys of changes, in order. */
  List<String> keys() {
    return heard().stream()
        .filter(it -> it.name().equals("change"))
        .map(it -> it.data().path("key").asText())
        .toList();
  }

  String lastId() {
    var ids = heard().stream().map(Heard::id).filter(id -> id != null).toList();
    assertThat(ids).isNotEmpty();
    return String.valueOf(ids.getLast());
  }

  @Override
  public void close() {
    var open = subscription;
    if (open != null) {
      open.cancel();
    }
  }
}
