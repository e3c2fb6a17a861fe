package dev.foldstream.viewstore.elasticsearch;

import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.viewstore.ConditionsConformance;
import dev.foldstream.viewstore.PositionWatch;
import dev.foldstream.viewstore.SearchReader;
import dev.foldstream.viewstore.SearchReader.SearchQuery;
import dev.foldstream.viewstore.ViewQuery;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.ViewQuery.Order;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ElasticsearchViewReaderTest extends ConditionsConformance {

  private static final ElasticsearchViewStore STORE =
      ElasticsearchViewStore.open(URI.create(DevServices.shared().elasticsearch().url()));

  @AfterAll
  static void close() {
    STORE.close();
  }

  @Override
  protected ViewStore store() {
    return STORE;
  }

  @Override
  protected ViewReader reader() {
    return STORE.reader();
  }

  @Override
  protected PositionWatch watch() {
    return STORE.watch();
  }

  private List<String> search(@Nullable String text, Filter... filters) {
    return STORE
        .search()
        .search(view, new SearchQuery(text, List.of(filters), List.of(), 10, true))
        .hits()
        .stream()
        .map(hit -> hit.row().key())
        .toList();
  }

  @Test
  void a_fresh_search_finds_what_was_committed_before_it() {
    for (int i = 1; i <= 10; i++) {
      put(book("lamp " + i));
      assertThat(search("lamp")).hasSize(i);
    }
  }

  @Test
  void all_words_must_be_found_in_whichever_fields() {
    put(book("red lamp"), book("green lamp"), book("o-1"), book("o-2"));
    assertThat(search("LAMP red")).containsExactly("red lamp");
    assertThat(search("lamp")).containsExactlyInAnyOrder("red lamp", "green lamp");
    assertThat(search("green ann")).containsExactly("green lamp");
    assertThat(search("o-1")).containsExactly("o-1");
    assertThat(search("nothing")).isEmpty();
    assertThat(search(null)).hasSize(4);
    assertThat(search("lamp", new Filter("title", Operator.EQ, List.of("red lamp"))))
        .containsExactly("red lamp");
  }

  @Test
  void hits_are_marked_and_facets_counted() {
    put(book("a <b> lamp").withCopies(1), book("lamp").withCopies(1), book("chair").withCopies(2));
    var result =
        STORE
            .search()
            .search(
                view,
                new SearchQuery(
                    "lamp", List.of(), List.of("kind", "copies", "authors.name"), 1, true));
    assertThat(result.total()).isEqualTo(2);
    assertThat(result.hits()).hasSize(1);
    assertThat(result.hits().getFirst().row().key()).isEqualTo("lamp");
    assertThat(result.hits().getFirst().highlights())
        .containsEntry("title", List.of("<em>lamp</em>"));
    assertThat(result.facets())
        .containsEntry("kind", Map.of("NOVEL", 2L))
        .containsEntry("copies", Map.of("1", 2L));
    assertThat(result.facets().get("authors.name")).containsEntry("Bob", 2L);
    assertThatThrownBy(
            () ->
                STORE.search().search(view, new SearchQuery("x", List.of(), List.of("authors"), 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("authors.name");
  }

  @Test
  void a_word_with_a_letter_wrong_is_found_behind_the_right_ones() {
    put(book("golden lantern"), book("golden latern"), book("green lamp"));
    assertThat(search("lantern")).containsExactly("golden lantern", "golden latern");
    assertThat(search("goldn lanterns")).contains("golden lantern");
    assertThat(search("xantern")).isEmpty();
  }

  @Test
  void hits_go_on_where_the_ones_before_ended() {
    for (int i = 1; i <= 7; i++) {
      put(book("lamp " + "shade ".repeat(i) + i).withCopies(i % 3));
    }
    for (List<Order> order :
        List.of(
            List.<Order>of(),
            List.of(new Order("copies", true), new Order("title", false)),
            List.of(new Order("subtitle", false, true)))) {
      var found = new ArrayList<String>();
      SearchReader.@Nullable After after = null;
      do {
        var query =
            new SearchQuery("lamp", ViewQuery.EVERY_ROW, order, List.of("copies"), 3, after, true);
        var result = STORE.search().search(view, query);
        assertThat(result.total()).isEqualTo(7);
        assertThat(result.facets().get("copies")).containsEntry("1", 3L);
        result.hits().forEach(hit -> found.add(hit.row().key()));
        after = result.next();
      } while (after != null);
      assertThat(found).hasSize(7).doesNotHaveDuplicates();
    }
  }

  @Test
  void values_are_suggested_that_the_text_begins() {
    put(book("golden lantern"), book("golden lamp"), book("Lamp of gold"), book("chair"));
    assertThat(suggestions("la"))
        .contains("golden lantern", "golden lamp", "Lamp of gold", "Ann golden lamp")
        .doesNotContain("chair");
    assertThat(suggestions("golden LAM")).containsExactly("golden lamp", "Ann golden lamp");
    assertThat(suggestions("ann ch")).containsExactly("Ann chair");
    assertThat(suggestions("zz")).isEmpty();
    assertThat(suggestions("\"(*")).isEmpty();
    assertThat(STORE.search().suggest(view, "la", ViewQuery.EVERY_ROW, 1, true)).hasSize(1);
  }

  private List<String> suggestions(String text) {
    return STORE.search().suggest(view, text, ViewQuery.EVERY_ROW, 10, true).stream()
        .map(SearchReader.Suggestion::text)
        .toList();
  }

  @Test
  void a_view_nobody_prepared_gives_no_hits() {
    assertThat(search("lamp")).isEmpty();
  }
}
