package dev.foldstream.queryservice.streams;

import static dev.foldstream.queryservice.streams.RecordedEvents.BOOKS;
import static dev.foldstream.queryservice.streams.RecordedEvents.LOANS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.kernel.Token;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.library.LibraryDomain.BookAdded;
import dev.foldstream.queryservice.library.LibraryDomain.BookLent;
import dev.foldstream.queryservice.library.LibraryDomain.BookNamed;
import dev.foldstream.queryservice.streams.RecordedEvents.About;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StreamsTest {

  private static final int EVENTS = 5;

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @SuppressWarnings("NullAway.Init")
  private static RecordedEvents events;

  private static Token last = Token.EMPTY;

  @BeforeAll
  static void start() {
    host = QueryHost.start(RecordedEvents.registry());
    events = new RecordedEvents(host);
    for (int i = 1; i <= EVENTS; i++) {
      last = events.add(BOOKS, "dune", new BookAdded("title " + i));
      events.add(BOOKS, "other", new BookAdded("another"));
    }
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static String events(String id) {
    return "/streams/library/book/" + id + "/events";
  }

  private static String state(String id) {
    return "/streams/library/book/" + id + "/state";
  }

  private static List<Integer> pages(String first) throws Exception {
    var versions = new ArrayList<Integer>();
    String next = "";
    do {
      JsonNode page = host.json(first + (next.isEmpty() ? "" : "&cursor=" + next));
      page.path("items").forEach(item -> versions.add(item.path("version").asInt()));
      next = page.path("next").asText("");
    } while (!next.isEmpty() && !next.equals("null"));
    return versions;
  }

  @Test
  void events_come_in_pages_forwards_and_backwards() throws Exception {
    assertThat(pages(events("dune") + "?limit=2")).containsExactly(1, 2, 3, 4, 5);
    assertThat(pages(events("dune") + "?limit=2&order=desc")).containsExactly(5, 4, 3, 2, 1);
    assertThat(pages(events("dune") + "?from=4")).containsExactly(4, 5);
    assertThat(pages(events("dune") + "?from=2&order=desc")).containsExactly(2, 1);
    assertThat(pages(events("dune") + "?from=6")).isEmpty();
  }

  @Test
  void an_event_says_what_it_is_and_where_it_comes_from() throws Exception {
    JsonNode event = host.json(events("dune") + "?from=3&limit=1").at("/items/0");
    assertThat(event.at("/data/title").asText()).isEqualTo("title 3");
    assertThat(event.path("version").asInt()).isEqualTo(3);
    assertThat(event.path("sequence").asInt()).isPositive();
    assertThat(event.path("partition").asInt(-1)).isZero();
    assertThat(event.path("id").asText()).isEqualTo("dune-command-3:1");
    assertThat(event.path("commandId").asText()).isEqualTo("dune-command-3");
    assertThat(event.path("correlationId").asText()).isEqualTo("dune-command-3");
    assertThat(event.path("causationId").asText()).isEqualTo("dune-command-3");
    assertThat(event.path("principal").asText()).isEqualTo("anonymous");
    assertThat(event.path("occurredAt").asText()).isEqualTo("2026-01-01T12:00:03Z");
    assertThat(event.path("recordedAt").asText()).startsWith("2026-01-01T12:00:");
  }

  @Test
  void a_cursor_goes_on_only_where_it_was_made() throws Exception {
    String next = host.json(events("dune") + "?limit=2").path("next").asText();
    for (String elsewhere :
        List.of(
            events("other") + "?cursor=" + next,
            events("dune") + "?order=desc&cursor=" + next,
            events("dune") + "?from=2&cursor=" + next,
            events("dune") + "?cursor=e1.none")) {
      host.problem(400, "invalid-query", host.request(elsewhere));
    }
  }

  @Test
  void a_query_with_a_token_waits_for_the_journal() throws Exception {
    Token next = Token.of(LOANS, 0, 1);
    String path = "/streams/library/loan/l-1/events";
    JsonNode behind =
        host.problem(
            503,
            "view-behind",
            host.request(path)
                .header("Foldstream-Token", next.merge(last).text())
                .header("Prefer", "wait=0.1"));
    assertThat(behind.path("missingEvents").asInt()).isEqualTo(1);
    var answer =
        host.sendLater(
            host.request(path).header("Foldstream-Token", next.text()).header("Prefer", "wait=20"));
    events.add(LOANS, "l-1", new BookLent("Ada"));
    HttpResponse<String> events = answer.get();
    assertThat(events.statusCode()).as(events.body()).isEqualTo(200);
    assertThat(events.body()).contains("\"reader\":\"Ada\"");
    assertThat(events.headers().firstValue("Foldstream-Token")).contains(next.text());
  }

  @Test
  void a_state_is_folded_to_the_newest_to_a_version_and_to_a_time() throws Exception {
    var newest = host.get(state("dune"));
    assertThat(newest.body()).contains("\"version\":5", "\"state\":{\"events\":5}");
    assertThat(newest.headers().firstValue("ETag")).contains("\"5\"");
    assertThat(host.json(state("dune") + "?version=3").at("/state/events").asInt()).isEqualTo(3);
    assertThat(host.json(state("dune") + "?version=0").at("/state/events").asInt(-1)).isZero();
    JsonNode at = host.json(state("dune") + "?at=2026-01-01T13:00:02%2B01:00");
    assertThat(at.path("version").asInt()).isEqualTo(2);
    assertThat(at.path("occurredAt").asText()).isEqualTo("2026-01-01T12:00:02Z");
    assertThat(host.json(state("dune") + "?at=2025-01-01T00:00:00Z").path("version").asInt(-1))
        .isZero();
  }

  @Test
  void what_was_stored_in_an_old_form_is_read_as_todays_event() throws Exception {
    events.add(BOOKS, "old", new BookNamed("Ilias"));
    assertThat(host.json(events("old")).at("/items/0/data/title").asText()).isEqualTo("Ilias");
    assertThat(host.json(state("old")).at("/state/events").asInt()).isEqualTo(1);
  }

  @Test
  void an_event_that_nobody_can_read_is_told_and_no_state_is_guessed() throws Exception {
    events.add(BOOKS, "broken", new BookAdded("fine"));
    events.add(BOOKS, "broken", new byte[] {9, 9, 9}, About.command("c"));
    JsonNode item = host.json(events("broken")).at("/items/1");
    assertThat(item.path("data").isNull()).isTrue();
    assertThat(item.path("unreadable").asText()).contains("too short");
    assertThat(host.json(state("broken") + "?version=1").path("version").asInt()).isEqualTo(1);
    host.problem(500, "unreadable-event", host.request(state("broken")));
  }

  @ParameterizedTest
  @CsvSource({
    "/streams/nothing/book/dune/events, 404, unknown-domain",
    "/streams/library/nothing/dune/events, 404, unknown-aggregate",
    "/streams/library/book/nobody/events, 404, not-found",
    "/streams/library/book/nobody/state, 404, not-found",
    "/streams/library/book/dune/state?version=6, 404, not-found",
    "/streams/library/book/dune/state?version=1&at=2026-01-01T00:00:00Z, 400, invalid-query",
    "/streams/library/book/dune/state?at=yesterday, 400, invalid-query",
    "/streams/library/book/d%20une/state, 400, invalid-request",
    "/streams/library/book/dune/events?limit=1001, 400, invalid-query",
    "/streams/library/book/dune/events?order=up, 400, invalid-query",
    "/streams/library/book/dune/events?from=0, 400, invalid-query",
    "/streams/library/book/dune/events?since=1, 400, invalid-query",
    "/streams/correlations/nothing, 404, not-found",
    "/streams/commands/nothing, 404, not-found"
  })
  void what_is_not_there_or_not_meant_is_a_problem(String path, int status, String type)
      throws Exception {
    host.problem(status, type, host.request(path));
  }

  @Test
  void everything_that_a_command_caused_is_a_tree_across_aggregates() throws Exception {
    var first = new About("tree-1", "tree", null);
    events.add(BOOKS, "t-1", new BookAdded("root"), first);
    events.add(LOANS, "t-2", new BookLent("child"), new About("tree-2", "tree", "tree-1:1"));
    events.add(BOOKS, "t-3", new BookAdded("grandchild"), new About("tree-3", "tree", "tree-2:1"));
    events.add(LOANS, "t-4", new BookLent("child"), new About("tree-4", "tree", "tree-1:1"));
    JsonNode tree = host.json("/streams/correlations/tree");
    assertThat(tree.path("events").asInt()).isEqualTo(4);
    assertThat(tree.path("complete").asBoolean()).isTrue();
    assertThat(tree.path("items").findValuesAsText("stream"))
        .containsExactly("t-1", "t-2", "t-3", "t-4");
    assertThat(tree.at("/items/0/children/0/children/0/data/title").asText())
        .isEqualTo("grandchild");
    assertThat(tree.at("/items/0/children/1/stream").asText()).isEqualTo("t-4");
    JsonNode ofOne = host.json("/streams/commands/tree-2");
    assertThat(ofOne.path("items").findValuesAsText("stream")).containsExactly("t-2", "t-3");
  }

  @Test
  void without_a_journal_a_problem_says_so() throws Exception {
    try (var without = host.another(Map.of("foldstream.journal.enabled", false))) {
      JsonNode problem = without.problem(404, "journal-off", without.request(events("dune")));
      assertThat(problem.path("detail").asText()).contains("foldstream.journal.enabled");
      assertThat(without.get("/views/books").statusCode()).isEqualTo(200);
    }
  }
}
