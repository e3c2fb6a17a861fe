package dev.foldstream.viewstore;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Position;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Count;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.ViewQuery.Order;
import dev.foldstream.viewstore.rows.RowCondition;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every store understands nested conditions, fields of nested records, nulls and counts alike. */
public abstract class ConditionsConformance extends ViewReaderConformance {

  private void shelf() {
    put(
        book("a").discounted("0.10").withCopies(3),
        book("b").discounted(null).withCopies(1),
        book("c").discounted("0.30").withCopies(2),
        book("d").discounted(null).withCopies(2).withAuthors(List.of()),
        book("e").discounted("0.20").withCopies(2));
  }

  private static Filter where(String field, Operator operator, Object... values) {
    return new Filter(field, operator, List.of(values));
  }

  private static Condition not(Condition condition) {
    return condition.negated();
  }

  private ViewPage page(
      Condition where, int limit, ViewQuery.@Nullable Boundary after, Order... order) {
    return reader().page(view, new ViewQuery(where, List.of(order), limit, after, Count.EXACT));
  }

  /** The titles of all pages of two rows. */
  private String found(Condition where, Order... order) {
    var titles = new StringBuilder();
    ViewPage page = page(where, 2, null, order);
    titles.append(titles(page));
    while (page.next() != null) {
      page = page(where, 2, page.next(), order);
      titles.append(titles(page));
    }
    assertThat(page.count()).as("count of %s", where).isEqualTo(titles.length());
    return titles.toString();
  }

  private static String titles(ViewPage page) {
    return page.rows().stream().map(ViewRow::key).collect(Collectors.joining());
  }

  @Test
  void conditions_are_joined_and_negated() {
    shelf();
    var two = where("copies", Operator.EQ, 2);
    var cheap = where("discount", Operator.LTE, new BigDecimal("0.2"));
    assertThat(found(new All(List.of(two, cheap)))).isEqualTo("e");
    assertThat(found(new Any(List.of(two, cheap)))).isEqualTo("acde");
    assertThat(found(not(new Any(List.of(two, cheap))))).isEmpty();
    assertThat(found(not(new All(List.of(two, cheap))))).isEqualTo("abc");
    assertThat(found(not(cheap))).isEqualTo("c");
    assertThat(found(not(not(cheap)))).isEqualTo("ae");
    assertThat(found(not(where("copies", Operator.NEQ, 2)))).isEqualTo("cde");
    assertThat(found(not(where("title", Operator.IN, "a", "b")))).isEqualTo("cde");
    assertThat(found(not(where("discount", Operator.IS_NULL, true)))).isEqualTo("ace");
    assertThat(found(not(where("title", Operator.LIKE, "*a*")))).isEqualTo("bcde");
    assertThat(found(new All(List.of()))).isEqualTo("abcde");
    assertThat(found(new Any(List.of()))).isEmpty();
    Condition deep = two;
    for (int i = 0; i < 20; i++) {
      deep = i % 2 == 0 ? new Any(List.of(deep)) : new All(List.of(deep));
    }
    assertThat(found(deep)).isEqualTo("cde");
  }

  @Test
  void only_the_letters_from_a_to_z_are_alike_in_ilike() {
    put(book("ABC"), book("abc"), book("aBd"), book("äbc"), book("ÄBC"));
    assertThat(reader().page(view, query(where("title", Operator.ILIKE, "aB*"))).rows())
        .extracting(ViewRow::key)
        .containsExactly("ABC", "aBd", "abc");
    assertThat(reader().page(view, query(where("title", Operator.ILIKE, "ÄB*"))).rows())
        .extracting(ViewRow::key)
        .containsExactly("ÄBC");
  }

  private static ViewQuery query(Condition where) {
    return new ViewQuery(where, List.of(), 50, null, Count.NONE);
  }

  @Test
  void a_field_in_a_list_meets_what_one_of_its_values_meets() {
    shelf();
    assertThat(found(where("authors.name", Operator.EQ, "Ann c"))).isEqualTo("c");
    assertThat(found(where("authors.name", Operator.EQ, "Bob"))).isEqualTo("abce");
    assertThat(found(where("authors.name", Operator.NEQ, "Ann c"))).isEqualTo("abe");
    assertThat(found(not(where("authors.name", Operator.NEQ, "Ann c")))).isEqualTo("c");
    assertThat(found(not(where("authors.name", Operator.EQ, "Bob")))).isEmpty();
    assertThat(found(where("authors.name", Operator.IN, "Ann a", "Ann b"))).isEqualTo("ab");
    assertThat(found(where("authors.name", Operator.LIKE, "*e"))).isEqualTo("e");
    assertThat(found(where("authors.name", Operator.ILIKE, "ANN B"))).isEqualTo("b");
    assertThat(found(where("authors.born", Operator.GT, 1960))).isEqualTo("abce");
    assertThat(found(where("authors.born", Operator.LT, 1961))).isEmpty();
    assertThat(found(not(where("authors.born", Operator.LT, 1961)))).isEqualTo("abce");
    assertThat(found(where("authors.born", Operator.IS_NULL, true))).isEqualTo("d");
    assertThat(found(where("authors.name", Operator.IS_NULL, false))).isEqualTo("abce");
  }

  @Test
  void a_field_in_a_list_is_within_what_each_of_its_values_is_one_of() {
    shelf();
    assertThat(found(where("authors.name", Operator.WITHIN, "Bob", "Ann a", "Ann b")))
        .isEqualTo("ab");
    assertThat(found(not(where("authors.name", Operator.WITHIN, "Bob", "Ann a", "Ann b"))))
        .isEqualTo("ce");
    assertThat(found(where("authors.name", Operator.WITHIN, "Bob"))).isEmpty();
    assertThat(found(where("authors.born", Operator.WITHIN, 1961))).isEqualTo("abce");
    assertThat(found(not(where("authors.born", Operator.WITHIN, 1960, 1962)))).isEqualTo("abce");
    assertThat(found(where("title", Operator.WITHIN, "a", "c"))).isEqualTo("ac");
  }

  @Test
  void columns_that_are_lists_of_any_type_are_filtered() {
    ViewDefinition lists = Lists.view("f" + view.name());
    ViewVersion version = store().prepare(lists);
    var owned = Objects.requireNonNull(store().claim(version, Set.of(FIRST), "test").get(FIRST));
    store()
        .commit(
            new ViewBatch(
                version,
                List.of(
                    new RowChange("full", StoredRow.NONE, 1, Lists.FULL, Map.of(FIRST, 1L)),
                    new RowChange("empty", StoredRow.NONE, 1, Lists.EMPTY, Map.of(FIRST, 1L))),
                List.of(
                    new PositionMove(FIRST, owned.position(), new Position(1, 2), owned.epoch()))));
    RowFields fields = RowFields.of(Lists.class);
    for (RowField field : fields.all()) {
      List<Object> values = fields.values(Lists.FULL, field);
      var all = new Filter(field.path(), Operator.WITHIN, values);
      var one = new Filter(field.path(), Operator.EQ, values.subList(0, 1));
      var others = new Filter(field.path(), Operator.WITHIN, values.subList(0, 1));
      assertThat(keys(lists, all)).as("%s", all).containsExactly("full");
      assertThat(keys(lists, all.negated())).as("not %s", all).isEmpty();
      assertThat(keys(lists, one)).as("%s", one).containsExactly("full");
      assertThat(keys(lists, others).isEmpty()).as("%s", others).isEqualTo(values.size() > 1);
      for (Condition condition : List.of(all, all.negated(), one, others, others.negated())) {
        assertThat(new RowCondition(Lists.class, condition).isMetBy(Lists.FULL))
            .as("at hand, %s", condition)
            .isEqualTo(!keys(lists, condition).isEmpty());
      }
    }
  }

  private List<String> keys(ViewDefinition of, Condition where) {
    return reader().page(of, query(where)).rows().stream().map(ViewRow::key).toList();
  }

  @Test
  void rows_without_a_value_come_first_or_last_as_asked_for() {
    shelf();
    var all = new All(List.of());
    assertThat(found(all, new Order("discount", false, true))).isEqualTo("bdaec");
    assertThat(found(all, new Order("discount", true, true))).isEqualTo("dbcea");
    assertThat(found(all, new Order("discount", true, false))).isEqualTo("ceadb");
    assertThat(found(all, new Order("discount", false, true), new Order("copies", true)))
        .isEqualTo("dbaec");
    assertThat(found(all, new Order("copies", true), new Order("discount", true, true)))
        .isEqualTo("adceb");
  }

  @Test
  void a_page_and_all_rows_are_counted() {
    shelf();
    var two = where("copies", Operator.EQ, 2);
    for (Count count : List.of(Count.EXACT, Count.ESTIMATED)) {
      assertThat(reader().page(view, new ViewQuery(two, List.of(), 1, null, count)).count())
          .isEqualTo(3);
    }
    assertThat(reader().page(view, new ViewQuery(two, List.of(), 1, null, Count.NONE)).count())
        .isNull();
  }

  @Test
  void a_condition_that_cannot_be_meant_is_refused() {
    shelf();
    for (Condition condition :
        List.of(
            where("authors", Operator.EQ, "x"),
            where("authors.nope", Operator.EQ, "x"),
            where("notes.en", Operator.EQ, "x"),
            where("copies", Operator.LIKE, "1*"),
            where("title\" = 'a' or \"title", Operator.EQ, "x"))) {
      assertThatThrownBy(() -> reader().page(view, query(condition)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> page(new All(List.of()), 2, null, new Order("authors.name", false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lies in a list");
  }
}
