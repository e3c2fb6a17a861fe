package dev.foldstream.queryservice.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.kernel.Feature;
import dev.foldstream.queryservice.library.LibraryDomain;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.ViewQuery.Order;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class IndexAdviceTest {

  private static final Feature.View<?, ?> BOOKS =
      new LibraryDomain()
          .features().stream()
              .filter(feature -> feature.name().equals("books"))
              .map(Feature.View.class::cast)
              .findFirst()
              .orElseThrow();

  private static String advice(Condition where, Order... order) {
    return new IndexAdvice(BOOKS, where).text(List.of(order));
  }

  private static Filter where(String column, Operator operator, Object value) {
    return new Filter(column, operator, List.of(value));
  }

  @Test
  void columns_of_one_value_come_before_those_of_the_order() {
    var where = new All(List.of(where("pages", Operator.GT, 1), where("title", Operator.EQ, "x")));
    assertThat(advice(where, new Order("price", true)))
        .startsWith(
            "An index in the view's declaration would serve it: .index(\"title\", \"price\").");
    assertThat(advice(where)).contains(".index(\"title\", \"pages\")");
  }

  @Test
  void an_index_that_is_there_is_not_asked_for() {
    assertThat(advice(where("genre", Operator.EQ, "NOVEL"), new Order("addedAt", true)))
        .startsWith("The index .index(\"genre\", \"addedAt\") serves it, but too many rows");
  }

  @Test
  void what_no_index_serves_is_named() {
    assertThat(advice(where("title", Operator.LIKE, "*x")))
        .startsWith("No index serves lists, nested fields")
        .contains("[title]");
    assertThat(advice(where("copies.shelf", Operator.EQ, "s"))).contains("[copies.shelf]");
    assertThat(advice(new Any(List.of(where("title", Operator.EQ, "x")))))
        .contains("Each alternative of or= needs an index of its own.");
  }
}
