package dev.foldstream.queryservice.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.Rows;
import dev.foldstream.queryservice.library.LibraryDomain.Loan;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChangesTest {

  private static final int MANY = 500;
  private static final int MANY_MORE = 1_000;
  private static final int QUEUE = 8;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @SuppressWarnings("NullAway.Init")
  private static Rows loans;

  @BeforeAll
  static void start() {
    host =
        QueryHost.start(
            Map.of("foldstream.changes.queue", QUEUE, "foldstream.changes.heartbeat", "200ms"));
    loans = host.rows("loans");
    loans.put("first", loan("Ada"));
  }

  @AfterAll
  static void stop() {
    CLIENT.shutdownNow();
    host.close();
  }

  private static Loan loan(String reader) {
    return new Loan(reader, 1, "limit");
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }

  private static Listening listen(String query, @Nullable String lastId) {
    var listening = Listening.to(CLIENT, host, "/views/loans/changes" + query, lastId);
    await().until(() -> !listening.heard().isEmpty());
    return listening;
  }

  @Test
  void changes_are_told_with_the_row_and_heart_beats_between() {
    try (var listening = listen("", null)) {
      assertThat(listening.heard().getFirst().name()).isEqualTo("open");
      assertThat(listening.heard().getFirst().data().path("version").asInt()).isEqualTo(1);
      loans.put("told", loan("Ada"));
      await().until(() -> listening.keys().equals(List.of("told")));
      var change = listening.heard().getLast();
      assertThat(change.data().at("/row/reader").asText()).isEqualTo("Ada");
      assertThat(change.data().path("revision").asInt()).isEqualTo(1);
      loans.put("told", null);
      await().until(() -> listening.keys().size() == 2);
      assertThat(listening.heard().getLast().data().path("row").isNull()).isTrue();
      await().until(() -> listening.names().contains("heartbeat"));
    }
  }

  @Test
  void callers_hear_what_they_filter_for() {
    try (var ofKey = listen("?key=mine", null);
        var ofReader = listen("?reader=eq.Grace&row.order=lt.2", null);
        var ofAny = listen("?or=(reader.like.Gr*,and(reader.eq.Ada,limit.eq.none))", null)) {
      loans.put("other", loan("Grace"));
      loans.put("mine", loan("Ada"));
      loans.put("another", loan("Greta"));
      await().until(() -> ofKey.keys().equals(List.of("mine")));
      await().until(() -> ofAny.keys().equals(List.of("other", "another")));
      assertThat(ofReader.keys()).containsExactly("other");
    }
  }

  @Test
  void a_stream_goes_on_behind_the_last_event_that_was_seen() {
    String lastId;
    try (var listening = listen("", null)) {
      loans.put("seen", loan("Ada"));
      await().until(() -> listening.keys().equals(List.of("seen")));
      lastId = listening.lastId();
    }
    loans.put("missed-1", loan("Ada"));
    loans.put("missed-2", loan("Ada"));
    try (var again = listen("", lastId)) {
      await().until(() -> again.keys().equals(List.of("missed-1", "missed-2")));
      loans.put("next", loan("Ada"));
      await().until(() -> again.keys().equals(List.of("missed-1", "missed-2", "next")));
    }
  }

  @Test
  void a_stream_can_begin_behind_a_token() throws Exception {
    Token token = loans.put("before", loan("Ada"));
    loans.put("after", loan("Ada"));
    var answer =
        host.sendLater(
            host.request("/views/loans/changes?key=nothing")
                .header("Foldstream-Token", loans.ahead(ViewStoreKind.POSTGRESQL, 1).text())
                .header("Prefer", "wait=0.1"));
    host.problem(503, "view-behind", answer.get());
    try (var listening = listen("", "1:" + token.text())) {
      await().until(() -> listening.keys().equals(List.of("after")));
    }
  }

  @Test
  void what_cannot_be_told_any_more_is_a_reset() throws Exception {
    String id;
    try (var listening = listen("", null)) {
      id = listening.lastId();
    }
    try (var reset = listen("", id.replaceFirst("1:", "7:"))) {
      assertThat(reset.heard().getFirst().name()).isEqualTo("reset");
      assertThat(reset.lastId()).isEqualTo(id);
      loans.put("after-reset", loan("Ada"));
      await().until(() -> reset.keys().equals(List.of("after-reset")));
    }
    host.problem(
        400,
        "invalid-token",
        host.request("/views/loans/changes").header("Last-Event-ID", "nonsense"));
    host.problem(400, "invalid-query", host.request("/views/loans/changes?reader=above.A"));
    host.problem(400, "invalid-query", host.request("/views/loans/changes?nothing=eq.A"));
    host.problem(404, "not-found", host.request("/views/shelves/changes"));
  }

  @Test
  void five_hundred_callers_hear_the_same_change() {
    var all = new ArrayList<Listening>();
    for (int i = 0; i < MANY; i++) {
      all.add(Listening.to(CLIENT, host, "/views/loans/changes", null));
    }
    await().until(() -> all.stream().noneMatch(it -> it.heard().isEmpty()));
    loans.put("for-all", loan("Ada"));
    await().until(() -> all.stream().allMatch(it -> it.keys().equals(List.of("for-all"))));
    all.forEach(Listening::close);
    await().until(() -> metric("foldstream_changes_clients") == 0);
  }

  @Test
  void a_caller_that_does_not_read_is_dropped_and_others_are_not() throws Exception {
    double before = metric("foldstream_changes_dropped_total");
    String large = "x".repeat(100_000);
    URI uri = host.request("/").build().uri();
    try (var slow = new Socket();
        var quick = listen("?key=small", null)) {
      // Before it connects, or the window grows to what is sent here in all.
      slow.setReceiveBufferSize(4096);
      slow.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      slow.getOutputStream()
          .write(
              "GET /views/loans/changes HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> metric("foldstream_changes_clients") >= 2);
      // Beside its own queue, the server takes some hundred events ahead, and so do sockets.
      for (int i = 0; i < MANY_MORE && !(i % 20 == 0 && isDropped(before)); i++) {
        loans.put("large-" + i, loan(large));
      }
      await().until(() -> isDropped(before));
      loans.put("small", loan("Ada"));
      await().until(() -> quick.keys().equals(List.of("small")));
      assertThat(quick.hasEnded()).isFalse();
    }
  }

  private static boolean isDropped(double before) throws Exception {
    return metric("foldstream_changes_dropped_total") > before;
  }

  private static double metric(String name) throws Exception {
    return host.get("/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
