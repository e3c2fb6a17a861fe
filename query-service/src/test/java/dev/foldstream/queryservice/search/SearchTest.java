package dev.foldstream.queryservice.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.kernel.Token;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.views.Books;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SearchTest {

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @BeforeAll
  static void start() throws Exception {
    host = QueryHost.start();
    var rows = host.rows("books");
    rows.put("s-1", Books.book(1, "The quick silver fox", "seldom lent"));
    rows.put("s-2", Books.book(2, "A silver spoon", null));
    Token last = rows.put("s-3", Books.book(3, "Nothing of the kind", "silver <b>lining</b>"));
    var fresh = host.request("/search/books").header("Foldstream-Token", last.text());
    assertThat(host.send(fresh).statusCode()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void rows_are_found_by_their_words_with_matches_marked() throws Exception {
    JsonNode found = host.json("/search/books?q=silver");
    assertThat(found.path("total").asInt()).isEqualTo(3);
    assertThat(found.path("next").isNull()).isTrue();
    assertThat(found.path("token").asText()).startsWith("v1.");
    JsonNode spoon = host.json("/search/books?q=silver%20spoon").at("/items/0");
    assertThat(spoon.at("/title").asText()).isEqualTo("A silver spoon");
    assertThat(spoon.at("/price").asText()).isEqualTo("2.50");
    assertThat(spoon.path("_score").asDouble()).isPositive();
    assertThat(spoon.at("/_highlights/title/0").asText())
        .isEqualTo("A <em>silver</em> <em>spoon</em>");
  }

  @Test
  void marked_texts_are_escaped() throws Exception {
    JsonNode found = host.json("/search/books?q=lining");
    assertThat(found.at("/items/0/_highlights/note/0").asText()).doesNotContain("<b>");
  }

  @Test
  void filters_facets_and_the_limit_go_with_a_text() throws Exception {
    JsonNode found = host.json("/search/books?q=silver&genre=neq.MANUAL&facets=genre,lent&limit=1");
    assertThat(found.path("total").asInt()).isEqualTo(2);
    assertThat(found.path("items")).hasSize(1);
    assertThat(found.path("facets").toString())
        .contains("\"genre\":{", "\"NOVEL\":1", "\"POETRY\":1", "\"lent\":{\"false\":2}");
  }

  @Test
  void without_a_text_every_row_that_meets_the_filters_is_found() throws Exception {
    JsonNode found = host.json("/search/books?title=eq.A%20silver%20spoon");
    assertThat(found.path("total").asInt()).isEqualTo(1);
  }

  @Test
  void hits_are_ordered_paged_and_shortened() throws Exception {
    String query = "/search/books?q=silver&order=price.desc&select=id&limit=2";
    JsonNode first = host.json(query);
    assertThat(first.path("items").findValuesAsText("id")).containsExactly("b-3", "b-2");
    assertThat(first.at("/items/0").properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("id", "_score", "_highlights");
    JsonNode second = host.json(query + "&cursor=" + first.path("next").asText());
    assertThat(second.path("items").findValuesAsText("id")).containsExactly("b-1");
    assertThat(second.path("total").asInt()).isEqualTo(3);
    assertThat(second.path("next").isNull()).isTrue();
    JsonNode best = host.json("/search/books?q=silver&limit=1");
    JsonNode rest = host.json("/search/books?q=silver&cursor=" + best.path("next").asText());
    assertThat(rest.path("items")).hasSize(2);
    host.problem(
        400,
        "invalid-query",
        host.get("/search/books?q=spoon&cursor=" + best.path("next").asText()));
  }

  @Test
  void words_with_a_letter_wrong_are_found() throws Exception {
    assertThat(host.json("/search/books?q=silvr%20spon").at("/items/0/title").asText())
        .isEqualTo("A silver spoon");
  }

  @Test
  void a_beginning_is_completed() throws Exception {
    JsonNode found = host.json("/search/books/suggest?q=sil");
    assertThat(found.path("items").findValuesAsText("text"))
        .contains("A silver spoon", "The quick silver fox", "silver <b>lining</b>");
    assertThat(host.json("/search/books/suggest?q=sil&pages=eq.20").path("items").toString())
        .isEqualTo("[{\"text\":\"A silver spoon\",\"column\":\"title\"}]");
    host.problem(400, "invalid-query", host.get("/search/books/suggest"));
    host.problem(404, "not-searchable", host.get("/search/loans/suggest?q=a"));
  }

  @Test
  void conditions_are_those_of_views() throws Exception {
    JsonNode found =
        host.json("/search/books?q=silver&or=(pages.eq.10,copies.shelf.eq.s-3)&order=pages");
    assertThat(found.path("items").findValuesAsText("id")).containsExactly("b-1", "b-3");
  }

  @Test
  void a_view_that_is_not_kept_for_search_says_so() throws Exception {
    JsonNode problem = host.problem(404, "not-searchable", host.get("/search/loans?q=anna"));
    assertThat(problem.path("detail").asText())
        .isEqualTo(
            "The view 'loans' is kept in PostgreSQL alone; those that can be searched are [books,"
                + " shelves]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/search/books?facets=colour | facets | that can be compared are",
        "/search/books?facets=copies | facets | that can be compared are",
        "/search/books?facets=a,b,c,d,e,f,g,h,i,j,k | facets | at most 10 facets; found 11",
        "/search/books?limit=1001 | limit | from 1 to 1000",
        "/search/books?order=copies | order | that can be compared are",
        "/search/books?pages=eq.x | pages | a whole number",
        "/search/books?q=a&q=b | q | given once",
        "/search/shelves?q=x | q | declares no columns whose text is searched",
      })
  void a_search_that_is_wrong_says_where_and_why(String path, String parameter, String detail)
      throws Exception {
    JsonNode problem = host.problem(400, "invalid-query", host.get(path));
    assertThat(problem.at("/errors/0/parameter").asText()).isEqualTo(parameter);
    assertThat(problem.at("/errors/0/detail").asText()).contains(detail);
  }

  @Test
  void words_that_mean_something_to_the_store_are_only_words() throws Exception {
    for (String text :
        new String[] {"%22", "*:*", "AND%20OR%20(", "title:silver", "a%20/%20b", "%5C"}) {
      host.json("/search/books?q=" + text);
    }
    host.problem(400, "invalid-query", host.get("/search/books?q=" + "x".repeat(1001)));
  }
}
