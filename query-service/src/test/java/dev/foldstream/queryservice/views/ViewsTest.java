package dev.foldstream.queryservice.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.kernel.Token;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.library.LibraryDomain.Loan;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ViewsTest {

  private static final int BOOKS = 12;

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @SuppressWarnings("NullAway.Init")
  private static Token all;

  @BeforeAll
  static void start() {
    host = QueryHost.start();
    var rows = host.rows("books");
    for (int number = 1; number <= BOOKS; number++) {
      all = rows.put("b-" + number, Books.book(number));
    }
    host.rows("loans").put("l-1", new Loan("anna", 7, "none"));
    host.rows("loans").put("a/b c%", new Loan("bert", 8, "some"));
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void the_views_are_listed_with_their_columns_and_stores() throws Exception {
    JsonNode list = host.json("/views");
    assertThat(list.path("next").isNull()).isTrue();
    assertThat(list.path("items").findValuesAsText("view"))
        .containsExactly("books", "loans", "readers", "shelves", "titles");
    JsonNode books = list.at("/items/0");
    assertThat(books.path("domain").asText()).isEqualTo("library");
    assertThat(books.path("stores").toString()).isEqualTo("[\"elasticsearch\",\"postgresql\"]");
    assertThat(books.path("topics").toString()).isEqualTo("[\"library.book.events\"]");
    assertThat(books.at("/columns/4").toString())
        .isEqualTo(
            "{\"name\":\"price\",\"type\":\"decimal\",\"nullable\":false,\"comparable\":true}");
    assertThat(books.at("/columns/12/nullable").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "elasticsearch"})
  void a_row_is_found_by_its_key_with_every_value_exact(String store) throws Exception {
    assertThat(host.json("/views/books/b-4?store=" + store))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"id": "b-4", "title": "Book number 4", "pages": 40, "visits": 40000000000,
                     "price": "4.50", "rating": 1.0, "lent": true,
                     "addedAt": "2026-01-01T12:00:04.000001Z", "published": "2026-01-04",
                     "code": "00000000-0000-0007-0000-000000000004", "genre": "POETRY",
                     "copies": [{"shelf": "s-4", "number": 1}], "note": "note 4"}\
                    """));
  }

  @Test
  void a_view_is_found_by_its_qualified_name_as_well() throws Exception {
    assertThat(host.json("/views/library.books/b-1")).isEqualTo(host.json("/views/books/b-1"));
  }

  @Test
  void a_row_that_is_not_there_is_not_found() throws Exception {
    assertThat(
            host.problem(404, "not-found", host.get("/views/books/b-99")).path("detail").asText())
        .isEqualTo("The view 'books' has no row 'b-99'");
    host.problem(404, "not-found", host.get("/views/books/%00"));
    host.problem(404, "not-found", host.get("/views/books/'%20or%20'1'='1"));
  }

  @Test
  void a_view_that_is_not_there_is_unknown() throws Exception {
    JsonNode problem = host.problem(404, "unknown-view", host.get("/views/film"));
    assertThat(problem.path("views").toString())
        .isEqualTo("[\"books\",\"loans\",\"readers\",\"shelves\",\"titles\"]");
    host.problem(404, "unknown-view", host.get("/views/film/1"));
    host.problem(404, "unknown-view", host.get("/search/film"));
  }

  @Test
  void a_key_may_hold_characters_that_addresses_escape() throws Exception {
    String escaped = URLEncoder.encode("a/b c%", StandardCharsets.UTF_8).replace("+", "%20");
    assertThat(host.json("/views/loans/" + escaped).path("reader").asText()).isEqualTo("bert");
  }

  @Test
  void an_unchanged_row_is_not_sent_again() throws Exception {
    HttpResponse<String> first = host.get("/views/books/b-5");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).startsWith("\"1-");
    var again = host.request("/views/books/b-5").header("If-None-Match", "\"x\", W/" + tag);
    HttpResponse<String> unchanged = host.send(again);
    assertThat(unchanged.statusCode()).isEqualTo(304);
    assertThat(unchanged.body()).isEmpty();
    assertThat(unchanged.headers().firstValue("ETag")).contains(tag);
    var other = host.request("/views/books/b-6").header("If-None-Match", tag);
    assertThat(host.send(other).statusCode()).isEqualTo(200);
  }

  @Test
  void a_row_that_was_removed_and_comes_again_has_another_tag() throws Exception {
    var rows = host.rows("loans");
    rows.put("l-2", new Loan("carl", 1, "a"));
    String before = host.get("/views/loans/l-2").headers().firstValue("ETag").orElseThrow();
    rows.put("l-2", null);
    await().untilAsserted(() -> host.problem(404, "not-found", host.get("/views/loans/l-2")));
    rows.put("l-2", new Loan("carl", 2, "b"));
    await().until(() -> host.get("/views/loans/l-2").statusCode() == 200);
    assertThat(host.get("/views/loans/l-2").headers().firstValue("ETag").orElseThrow())
        .isNotEqualTo(before);
    rows.put("l-2", null);
  }

  @Test
  void an_answer_carries_the_token_of_the_view() throws Exception {
    HttpResponse<String> row = host.get("/views/books/b-1");
    var token = Token.parse(row.headers().firstValue("Foldstream-Token").orElseThrow());
    assertThat(token.orElseThrow().merge(all)).isEqualTo(token.orElseThrow());
    HttpResponse<String> page = host.get("/views/books?limit=1");
    assertThat(new ObjectMapper().readTree(page.body()).path("token").asText())
        .isEqualTo(page.headers().firstValue("Foldstream-Token").orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "title=eq.Book%20number%203 | 3",
        "genre=eq.NOVEL | 3,6,9,12",
        "genre=neq.NOVEL&pages=lt.50 | 1,2,4",
        "pages=gt.100 | 11,12",
        "visits=gte.110000000000 | 11,12",
        "price=lte.2.5 | 1,2",
        "price=eq.2.500 | 2",
        "rating=lt.0.6 | 1,2",
        "lent=is.true&pages=gte.100 | 10,12",
        "lent=eq.false&pages=gt.100 | 11",
        "addedAt=gt.2026-01-01T13:00:10.000001%2B01:00 | 11,12",
        "published=in.(2026-01-02,2026-01-03) | 2,3",
        "code=eq.00000000-0000-0007-0000-000000000008 | 8",
        "genre=in.(MANUAL,POETRY)&pages=lte.30 | 1,2",
        "title=like.*number%201* | 1,10,11,12",
        "title=in.(%22Book%20number%207%22,nothing) | 7",
        "note=is.null | 3,6,9,12",
        "note=is.not_null&pages=lt.30 | 1,2",
        "row.pages=eq.50 | 5",
        "pages=gt.20&pages=lt.50 | 3,4",
        "title=eq.'%20or%201=1%20-- | ''",
        "genre=not.eq.NOVEL&pages=lt.50 | 1,2,4",
        "title=ilike.BOOK%20number%2012 | 12",
        "note=not.is.null&pages=not.gte.30 | 1,2",
        "note=not.like.*1* | 2,4,5,7,8",
        "lent=not.is.true&pages=lt.40 | 1,3",
        "copies.shelf=eq.s-4 | 4",
        "copies.number=gt.1 | ''",
        "copies.shelf=not.in.(s-1,s-2)&pages=lt.50 | 3,4",
        "or=(pages.eq.10,pages.gte.120) | 1,12",
        "or=(title.eq.%22Book%20number%203%22,and(pages.gt.20,pages.lt.50,note.not.is.null)) | 3,4",
        "not.or=(pages.gt.20,genre.eq.POETRY) | 2",
        "and=(or(pages.eq.10,pages.eq.20),not.and(lent.is.true,pages.gt.0)) | 1",
        "or=(code.in.(00000000-0000-0007-0000-000000000008),price.eq.2.5)&pages=lt.100 | 2,8",
        "or=(addedAt.lte.2026-01-01T12:00:01.000001Z,published.eq.2026-01-02) | 1,2",
        "title=like.*%25* | ''",
      })
  void rows_are_found_by_filters_in_both_stores(String filters, String numbers) throws Exception {
    List<String> wanted =
        numbers.equals("''") || numbers.isEmpty()
            ? List.of()
            : IntStream.of(
                    java.util.Arrays.stream(numbers.split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray())
                .mapToObj(number -> "b-" + number)
                .toList();
    for (String store : List.of("postgresql", "elasticsearch")) {
      JsonNode page = host.json("/views/books?order=pages&store=" + store + "&" + filters);
      assertThat(page.path("items").findValuesAsText("id")).as(store).isEqualTo(wanted);
      assertThat(page.path("next").isNull()).isTrue();
    }
  }

  @Test
  void a_selection_shows_nothing_else() throws Exception {
    JsonNode page = host.json("/views/books?select=id,copies.shelf&order=pages.desc&limit=1");
    assertThat(page.path("items").toString())
        .isEqualTo("[{\"id\":\"b-12\",\"copies\":[{\"shelf\":\"s-12\"}]}]");
    assertThat(host.json("/views/books/b-3?select=note,price").toString())
        .isEqualTo("{\"price\":\"3.50\",\"note\":null}");
    assertThat(host.json("/views/books/b-3?select=*")).isEqualTo(host.json("/views/books/b-3"));
  }

  @ParameterizedTest
  @CsvSource({"postgresql, exact", "postgresql, estimated", "elasticsearch, exact"})
  void rows_are_counted_when_that_is_preferred(String store, String count) throws Exception {
    String path = "/views/books?pages=gt.20&limit=3&store=" + store;
    var request = host.request(path).header("Prefer", "wait=1, count=" + count);
    HttpResponse<String> answer = host.send(request);
    JsonNode page = new ObjectMapper().readTree(answer.body());
    assertThat(page.path("count").asInt()).isEqualTo(10);
    assertThat(answer.headers().firstValue("Preference-Applied")).contains("count=" + count);
    var next = host.request(path + "&cursor=" + page.path("next").asText());
    var second = host.send(next.header("Prefer", "count=" + count));
    assertThat(new ObjectMapper().readTree(second.body()).path("count").asInt()).isEqualTo(10);
    assertThat(host.json(path).has("count")).isFalse();
  }

  @Test
  void an_unchanged_page_is_not_sent_again_though_its_token_moved() throws Exception {
    String path = "/views/loans?reader=eq.anna";
    HttpResponse<String> first = host.get(path);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");
    host.rows("loans").put("l-3", new Loan("dora", 3, "none"));
    await()
        .untilAsserted(
            () -> {
              var again = host.send(host.request(path).header("If-None-Match", tag));
              assertThat(again.statusCode()).isEqualTo(304);
              assertThat(again.headers().firstValue("Foldstream-Token"))
                  .isPresent()
                  .isNotEqualTo(first.headers().firstValue("Foldstream-Token"));
            });
    host.rows("loans").put("l-3", new Loan("anna", 3, "none"));
    await()
        .until(
            () -> host.send(host.request(path).header("If-None-Match", tag)).statusCode() == 200);
    host.rows("loans").put("l-3", null);
  }

  @Test
  void a_column_called_like_an_option_is_named_with_a_prefix() throws Exception {
    JsonNode page = host.json("/views/loans?row.order=eq.7&row.limit=eq.none&limit=10");
    assertThat(page.path("items").findValuesAsText("reader")).containsExactly("anna");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "store=postgresql",
        "order=pages.desc&store=postgresql",
        "order=genre,pages.desc&store=postgresql",
        "order=note.desc,pages&store=postgresql",
        "order=note.desc.nullsfirst,genre,pages.desc&store=postgresql",
        "order=note.nullsfirst,pages.desc&store=elasticsearch&or=(pages.gt.20,lent.is.true)",
        "order=addedAt&store=elasticsearch",
        "order=note,genre.desc&store=elasticsearch",
        "order=rating.desc,price&genre=neq.MANUAL",
      })
  void pages_hold_every_row_once_and_in_order(String query) throws Exception {
    List<String> whole = host.json("/views/books?" + query).path("items").findValuesAsText("id");
    assertThat(whole).hasSizeGreaterThan(5);
    var paged = new ArrayList<String>();
    String cursor = "";
    do {
      JsonNode page = host.json("/views/books?limit=5&" + query + cursor);
      paged.addAll(page.path("items").findValuesAsText("id"));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
    } while (!cursor.isEmpty() && paged.size() < 100);
    assertThat(paged).isEqualTo(whole);
  }
}
