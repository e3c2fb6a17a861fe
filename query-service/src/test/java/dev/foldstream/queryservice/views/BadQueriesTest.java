package dev.foldstream.queryservice.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.kernel.Token;
import dev.foldstream.queryservice.QueryHost;
import java.util.Collections;
import java.util.stream.Collectors;
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
class BadQueriesTest {

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @BeforeAll
  static void start() {
    host = QueryHost.start();
    var rows = host.rows("books");
    for (int number = 1; number <= 3; number++) {
      rows.put("b-" + number, Books.book(number));
    }
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour=eq.red | colour | that can be compared are",
        "title%22%20is%20null--=eq.x | title\" is null-- | that can be compared are",
        "copies=eq.x | copies | that can be compared are",
        "id;drop%20table=eq.x | id;drop table | that can be compared are",
        "title=same.x | title | a filter is <operator>.<value>",
        "title=x | title | a filter is <operator>.<value>",
        "title= | title | a filter is <operator>.<value>",
        "title=eq'.x | title | found 'eq'.x'",
        "pages=eq.many | pages | a whole number of 32 bits; found 'many'",
        "pages=eq.3000000000 | pages | a whole number of 32 bits",
        "pages=eq.1;drop%20table%20x | pages | a whole number of 32 bits",
        "visits=gt.9223372036854775808 | visits | a whole number of 64 bits",
        "price=lt.cheap | price | a decimal number",
        "price=lt.1e999999999 | price | a decimal number",
        "rating=eq.NaN | rating | a finite number",
        "rating=eq.1e999 | rating | a finite number",
        "lent=eq.yes | lent | true or false",
        "lent=is.maybe | lent | takes is.null or is.not_null",
        "addedAt=gt.yesterday | addedAt | 2026-01-31T12:00:00Z",
        "addedAt=gt.%2B999999999-01-01T00:00:00Z | addedAt | 2026-01-31T12:00:00Z",
        "published=eq.2026-02-30 | published | a date",
        "code=eq.7 | code | a UUID",
        "genre=eq.CRIME | genre | one of [NOVEL, POETRY, MANUAL]",
        "genre=in.(NOVEL,CRIME) | genre | found 'CRIME'",
        "genre=in.NOVEL | genre | was wanted; found 'NOVEL'",
        "genre=in.() | genre | in takes 1 to 200 values",
        "title=in.(%22open) | title | a closing \" was wanted",
        "title=eq.%00 | title | without U+0000",
        "pages=like.1* | pages | like and ilike compare texts",
        "title=not.same.x | title | a filter is <operator>.<value>",
        "title=not.not.eq.x | title | a filter is <operator>.<value>",
        "title=in.(a)b | title | the end was wanted; found 'b'",
        "title=like.*a*b*c*d*e*f*g*h* | title | at most 8 stars",
        "pages=is.true | pages | takes is.null",
        "copies.shelf.x=eq.1 | copies.shelf.x | that can be compared are",
        "copies.number=eq.x | copies.number | a whole number of 32 bits",
        "copies.shelf=cs.(a) | copies.shelf | was wanted; found '(a)'",
        "copies.shelf=ov.%7B%7D | copies.shelf | ov takes 1 to 200 values as ov.{a,b",
        "copies.number=cd.%7B1,x%7D | copies.number | found 'x'",
        "title=cs.%7Ba%7D | title | cs, cd and ov compare lists, and 'title' has one value",
        "or=pages.eq.1 | or | was wanted; found 'pages.eq.1'",
        "or=() | or | a condition is <column>.<operator>.<value>",
        "or=(pages.eq.1 | or | was wanted; found ''",
        "and=(pages.eq.1,) | and | a condition is",
        "not.or=(colour.eq.1) | not.or | that can be compared are",
        "or=(pages.eq.1,or(pages.eq.x)) | or | found 'x'",
        "or=((((((((((pages.eq.1)))))))))) | or | a condition is",
        "select=colour | select | the columns of 'books' are",
        "select=copies.colour | select | the columns of 'books' are",
        "select=id, | select | found ''",
        "order=copies.shelf | order | lies in a list",
        "order=note.nullsfirst.desc | order | may go on with .nullsfirst",
        "order=colour | order | that can be compared are",
        "order=copies | order | that can be compared are",
        "order=pages.down | order | .asc or .desc",
        "order=pages,pages.desc | order | comes twice",
        "order=pages;select | order | that can be compared are",
        "order=a,b,c,d,e,f,g,h,i | order | at most 8 columns",
        "order=pages&order=title | order | given once",
        "limit=0 | limit | from 1 to 1000; found '0'",
        "limit=1001 | limit | from 1 to 1000",
        "limit=-1 | limit | from 1 to 1000",
        "limit=all | limit | from 1 to 1000; found 'all'",
        "limit=99999999999 | limit | from 1 to 1000",
        "cursor=nonsense | cursor | this is none",
        "cursor=c1.W10 | cursor | this is none",
        "cursor=c1.%21 | cursor | this is none",
        "store=oracle | store | kept in [elasticsearch, postgresql]; found 'oracle'",
      })
  void a_query_that_is_wrong_says_where_and_why(String query, String parameter, String detail)
      throws Exception {
    JsonNode problem = host.problem(400, "invalid-query", host.get("/views/books?" + query));
    assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo(parameter);
    assertThat(problem.at("/errors/0/detail").asText()).contains(detail);
    assertThat(problem.path("detail").asText()).contains(detail);
  }

  @Test
  void a_fault_says_at_which_character_it_is() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"or=(pages.eq.1,colour.eq.red)", "13"},
          {"or=(pages.eq.1,and(pages.gt.0,pages.lt.x))", "37"},
          {"order=pages,colour", "7"},
          {"select=id,pages,colour", "10"},
          {"title=not.same.x", "5"}
        }) {
      JsonNode problem = host.problem(400, "invalid-query", host.get("/views/books?" + wrong[0]));
      assertThat(problem.at("/errors/0/column").asText()).as(wrong[0]).isEqualTo(wrong[1]);
    }
  }

  @Test
  void groups_lie_in_each_other_to_a_bound() throws Exception {
    String deep = "or(".repeat(9) + "pages.eq.1" + ")".repeat(9);
    JsonNode problem =
        host.problem(400, "invalid-query", host.get("/views/books?or=(" + deep + ")"));
    assertThat(problem.at("/errors/0/detail").asText()).contains("at most 8 deep");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() throws Exception {
    JsonNode problem =
        host.problem(
            400,
            "invalid-query",
            host.get("/views/books?colour=eq.red&limit=0&order=x&pages=eq.y"));
    assertThat(problem.path("errors").findValuesAsText("parameter"))
        .containsExactlyInAnyOrder("colour", "limit", "order", "pages");
    assertThat(problem.path("detail").asText()).endsWith("(and 3 more)");
  }

  @Test
  void of_many_faults_the_first_are_told() throws Exception {
    String many =
        IntStream.range(0, 200).mapToObj(n -> "c" + n + "=eq.x").collect(Collectors.joining("&"));
    JsonNode problem = host.problem(400, "invalid-query", host.get("/views/books?" + many));
    assertThat(problem.path("errors")).hasSize(50);
  }

  @Test
  void a_query_has_bounds() throws Exception {
    String values = String.join(",", Collections.nCopies(201, "x"));
    host.problem(400, "invalid-query", host.get("/views/books?title=in.(" + values + ")"));
    String filters = String.join("&", Collections.nCopies(51, "pages=gt.0"));
    host.problem(400, "invalid-query", host.get("/views/books?" + filters));
    host.problem(400, "invalid-query", host.get("/views/books?title=eq." + "x".repeat(2001)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/views/books?limit=1&pages=gt.11&order=pages | has others",
        "/views/books?limit=1&order=pages | has others",
        "/views/books?limit=1&pages=in.(20,30)&order=pages.desc | has another",
        "/views/books?limit=1&pages=in.(20,30) | has another",
        "/views/books?limit=1&pages=in.(20,30)&order=pages.nullsfirst | has another",
        "/search/books?limit=1&pages=in.(20,30)&order=pages | this is none",
        "/views/books?limit=1&pages=in.(20,30)&order=pages&store=elasticsearch | another view or"
            + " store",
        "/views/shelves?limit=1&pages=in.(20,30)&order=pages | another view or store",
      })
  void a_cursor_is_refused_where_it_was_not_made(String query, String detail) throws Exception {
    String cursor =
        host.json("/views/books?limit=1&pages=in.(20,30)&order=pages").path("next").asText();
    JsonNode problem = host.problem(400, "invalid-query", host.get(query + "&cursor=" + cursor));
    assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo("cursor");
    assertThat(problem.at("/errors/0/detail").asText()).contains(detail);
  }

  @Test
  void a_cursor_goes_with_another_limit() throws Exception {
    String cursor =
        host.json("/views/books?limit=1&pages=in.(20,30)&order=pages").path("next").asText();
    assertThat(
            host.json("/views/books?limit=9&order=pages&pages=in.(20,30)&cursor=" + cursor)
                .path("items")
                .findValuesAsText("id"))
        .containsExactly("b-3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "v9.YQ", "v1.YQ"})
  void a_token_of_a_wrong_form_is_refused(String token) throws Exception {
    for (String path : new String[] {"/views/books", "/views/books/b-1", "/search/books"}) {
      var request = host.request(path).header("Foldstream-Token", token);
      JsonNode problem = host.problem(400, "invalid-token", request);
      assertThat(problem.at("/errors/0/header").asText()).isEqualTo("Foldstream-Token");
    }
  }

  @Test
  void a_token_of_an_unknown_topic_or_partition_is_refused() throws Exception {
    for (Token token :
        new Token[] {
          Token.of("library.film.events", 0, 1), Token.of("library.book.events", 6, 1)
        }) {
      var request = host.request("/views/books").header("Foldstream-Token", token.text());
      host.problem(400, "invalid-token", request);
    }
  }

  @Test
  void a_row_takes_no_parameter_but_the_store() throws Exception {
    JsonNode problem = host.problem(400, "invalid-query", host.get("/views/books/b-1?limit=1"));
    assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo("limit");
    problem = host.problem(400, "invalid-query", host.get("/views/loans/x?store=elasticsearch"));
    assertThat(problem.at("/errors/0/detail").asText()).contains("kept in [postgresql]");
  }

  @Test
  void a_wait_that_is_no_number_is_refused() throws Exception {
    var request = host.request("/views/books").header("Prefer", "wait=soon");
    JsonNode problem = host.problem(400, "invalid-request", request);
    assertThat(problem.at("/errors/0/header").asText()).isEqualTo("Prefer");
  }
}
