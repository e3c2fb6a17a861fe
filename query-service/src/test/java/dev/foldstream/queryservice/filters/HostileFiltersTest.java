package dev.foldstream.queryservice.filters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.queryservice.QueryHost;
import dev.foldstream.queryservice.library.Book;
import dev.foldstream.queryservice.views.Books;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.rows.RowCondition;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Against real stores, random queries are answered as the rows say or refused, and touch nothing.
 */
class HostileFiltersTest {

  private static final List<Book> ALL = IntStream.rangeClosed(1, 12).mapToObj(Books::book).toList();

  @SuppressWarnings("NullAway.Init")
  private static QueryHost host;

  @SuppressWarnings("NullAway.Init")
  private static String before;

  @BeforeContainer
  static void start() throws Exception {
    host = QueryHost.start();
    for (Book book : ALL) {
      host.rows("books").put(book.id(), book);
    }
    before = everything();
  }

  @AfterContainer
  static void nothing_was_touched() throws Exception {
    try {
      assertThat(everything()).isEqualTo(before);
    } finally {
      host.close();
    }
  }

  private static String everything() throws Exception {
    return host.get("/views/books?limit=1000").body()
        + host.get("/views/books?limit=1000&store=elasticsearch").body()
        + host.get("/views/loans?limit=1000").body();
  }

  private static String query(Map<String, List<String>> parameters) {
    return parameters.entrySet().stream()
        .flatMap(
            parameter ->
                parameter.getValue().stream()
                    .map(value -> encoded(parameter.getKey()) + "=" + encoded(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Provide
  Arbitrary<Condition> conditions() {
    return Conditions.any();
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void both_stores_find_what_meets_the_condition(@ForAll("conditions") Condition condition)
      throws Exception {
    var condensed = new RowCondition(Book.class, condition);
    List<String> wanted = ALL.stream().filter(condensed::isMetBy).map(Book::id).toList();
    String group = encoded(Conditions.group(List.of(condition)));
    for (String store : List.of("postgresql", "elasticsearch")) {
      HttpResponse<String> answer =
          host.get("/views/books?order=pages&select=id&store=" + store + "&and=" + group);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(new ObjectMapper().readTree(answer.body()).findValuesAsText("id"))
          .as("%s: %s", store, condition)
          .isEqualTo(wanted);
    }
  }

  @Provide
  Arbitrary<Map<String, List<String>>> anything() {
    return HostileTexts.parameters();
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  void anything_is_answered_or_refused(@ForAll("anything") Map<String, List<String>> parameters)
      throws Exception {
    for (String path : List.of("/views/books?", "/search/books?")) {
      HttpResponse<String> answer = host.get(path + query(parameters));
      assertThat(answer.statusCode()).as("%s: %s", parameters, answer.body()).isIn(200, 400);
    }
  }
}
