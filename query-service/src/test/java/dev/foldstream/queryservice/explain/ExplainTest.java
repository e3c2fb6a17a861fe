package dev.foldstream.queryservice.explain;

import static dev.foldstream.queryservice.streams.RecordedEvents.BOOKS;
import static dev.foldstream.queryservice.streams.RecordedEvents.LOANS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.library.LibraryDomain.BookAdded;
import dev.foldstream.queryservice.library.LibraryDomain.BookLent;
import dev.foldstream.queryservice.library.LibraryDomain.Reader;
import dev.foldstream.queryservice.library.LibraryDomain.Title;
import dev.foldstream.queryservice.streams.RecordedEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExplainTest {

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @SuppressWarnings("NullAway.Init")
  private static RecordedEvents events;

  @BeforeAll
  static void start() {
    host = QueryHost.start(RecordedEvents.registry());
    events = new RecordedEvents(host);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void a_row_is_explained_by_its_events_in_order_and_the_row_after_each() throws Exception {
    var readers = host.rows("readers");
    events.add(LOANS, "l-1", new BookLent("Ada"));
    events.add(LOANS, "l-2", new BookLent("Grace"));
    events.add(LOANS, "l-1", new BookLent("Ada"));
    readers.put("Ada", new Reader("Ada", 1));
    readers.put("Grace", new Reader("Grace", 1));
    readers.put("Ada", new Reader("Ada", 2));
    JsonNode story = host.json("/views/readers/Ada/explain");
    assertThat(story.path("complete").asBoolean()).as(story.toString()).isTrue();
    assertThat(story.path("same").asBoolean()).isTrue();
    assertThat(story.path("items").findValuesAsText("sequence")).containsExactly("1", "3");
    assertThat(story.at("/items/0/row/loans").asInt()).isEqualTo(1);
    assertThat(story.at("/items/1/row/loans").asInt()).isEqualTo(2);
    assertThat(story.at("/items/1/stream").asText()).isEqualTo("l-1");
    readers.put("Ada", new Reader("Ada", 7));
    events.add(LOANS, "l-3", new BookLent("Grace"));
    JsonNode drifted = host.json("/views/readers/Ada/explain");
    assertThat(drifted.path("same").asBoolean()).isFalse();
    assertThat(drifted.at("/row/loans").asInt()).isEqualTo(7);
  }

  @Test
  void a_row_that_is_keyed_by_its_aggregate_needs_its_own_events_only() throws Exception {
    var books = host.rows("titles");
    for (int i = 0; i < 3; i++) {
      events.add(BOOKS, "other-" + i, new BookAdded("another"));
    }
    events.add(BOOKS, "dune", new BookAdded("Dune"));
    for (int i = 0; i < 3; i++) {
      books.put("other-" + i, new Title("another"));
    }
    books.put("dune", new Title("Dune"));
    JsonNode story = host.json("/views/titles/dune/explain");
    assertThat(story.path("complete").asBoolean()).as(story.toString()).isTrue();
    assertThat(story.path("lookedAt").asInt()).isEqualTo(1);
    assertThat(story.path("items").findValuesAsText("stream")).containsExactly("dune");
  }

  @Test
  void what_no_event_made_is_not_found() throws Exception {
    host.problem(404, "not-found", host.request("/views/titles/nobody/explain"));
    host.problem(404, "unknown-view", host.request("/views/nothing/nobody/explain"));
  }
}
