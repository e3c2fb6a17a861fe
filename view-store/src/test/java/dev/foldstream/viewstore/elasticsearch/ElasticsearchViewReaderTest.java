package dev.foldstream.viewstore.elasticsearch;

import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.viewstore.PositionWatch;
import dev.foldstream.viewstore.SearchReader.SearchQuery;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewReaderConformance;
import dev.foldstream.viewstore.ViewStore;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ElasticsearchViewReaderTest extends ViewReaderConformance {

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
  void a_view_nobody_prepared_gives_no_hits() {
    assertThat(search("lamp")).isEmpty();
  }
}
