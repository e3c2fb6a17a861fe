package dev.foldstream.queryservice.filters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.Feature;
import dev.foldstream.queryservice.library.Book;
import dev.foldstream.queryservice.library.LibraryDomain;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Count;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.rows.RowFields;
import dev.foldstream.viewstore.rows.RowShape;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written into an address is either a query of declared fields or a problem. */
class GrammarTest {

  private static final ServedView BOOKS =
      new ServedView("books", definition(), RowShape.of(Book.class), null);

  private static ViewDefinition definition() {
    Feature.View<?, ?> books =
        new LibraryDomain()
            .features().stream()
                .filter(feature -> feature.name().equals("books"))
                .map(Feature.View.class::cast)
                .findFirst()
                .orElseThrow();
    return new ViewDefinition("library", books, List.of("library.book.events"), 6);
  }

  private static PageRequest page(Map<String, List<String>> parameters) {
    return Requests.page(BOOKS, parameters, Count.NONE);
  }

  @Provide
  Arbitrary<Condition> conditions() {
    return Conditions.any();
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void a_condition_is_read_as_it_was_written(@ForAll("conditions") Condition condition) {
    Map<String, List<String>> parameters =
        Map.of("and", List.of(Conditions.group(List.of(condition))));
    assertThat(page(parameters).query().where()).isEqualTo(new All(List.of(condition)));
  }

  private static void refused(Map<String, List<String>> parameters) {
    try {
      page(parameters);
    } catch (ProblemException problem) {
      assertThat(problem.type()).isEqualTo(ProblemType.INVALID_QUERY);
      assertThat(problem.problem("/").errors())
          .isNotEmpty()
          .allSatisfy(fault -> assertThat(fault.column()).isPositive());
      return;
    }
    throw new AssertionError("was taken: " + parameters);
  }

  @Provide
  Arbitrary<Map<String, List<String>>> anything() {
    return HostileTexts.parameters();
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void anything_is_a_query_of_declared_fields_or_a_problem(
      @ForAll("anything") Map<String, List<String>> parameters) {
    PageRequest request;
    try {
      request = page(parameters);
    } catch (ProblemException problem) {
      refused(parameters);
      return;
    }
    assertFieldsAreDeclared(request.query().where());
    request.query().order().forEach(o -> RowFields.of(Book.class).single(o.column()));
  }

  private static void assertFieldsAreDeclared(Condition condition) {
    switch (condition) {
      case All all -> all.of().forEach(GrammarTest::assertFieldsAreDeclared);
      case Any any -> any.of().forEach(GrammarTest::assertFieldsAreDeclared);
      case Filter filter -> RowFields.of(Book.class).known(filter.column());
    }
  }

  @Property(tries = 200)
  void a_long_text_is_read_in_no_time(@ForAll("longTexts") String text) {
    long start = System.nanoTime();
    refused(Map.of("or", List.of(text)));
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
  }

  @Provide
  Arbitrary<String> longTexts() {
    return Arbitraries.of("(", "or(", "a.", "not.", "\"", "\\", "pages.eq.1,", "a.eq.", "),(")
        .flatMap(
            piece ->
                Arbitraries.integers()
                    .between(1_000, 5_000)
                    .map(times -> "(" + piece.repeat(times)));
  }
}
