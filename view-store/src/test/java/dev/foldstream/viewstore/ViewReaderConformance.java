package dev.foldstream.viewstore;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.NOON;
import static dev.foldstream.viewstore.Shelf.SECOND;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.Token;
import dev.foldstream.viewstore.PositionWatch.Progress;
import dev.foldstream.viewstore.Shelf.Kind;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Operator;
import dev.foldstream.viewstore.ViewQuery.Order;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Every store that serves queries reads rows, pages and positions alike, and lets callers wait. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class ViewReaderConformance {

  protected ViewDefinition view = Shelf.view("unset");

  protected abstract ViewStore store();

  protected abstract ViewReader reader();

  protected abstract PositionWatch watch();

  @BeforeEach
  void a_view_of_its_own(TestInfo test) {
    view = Shelf.view("r" + Integer.toHexString(test.getDisplayName().hashCode()));
  }

  /** Puts these books into the view, by title, and moves the first partition on by one. */
  protected void put(Shelf.Book... books) {
    ViewVersion version = store().prepare(view);
    var owned = Objects.requireNonNull(store().claim(version, Set.of(FIRST), "test").get(FIRST));
    long next = owned.position().sequence() + 1;
    var changes = new ArrayList<RowChange>();
    for (Shelf.Book book : books) {
      StoredRow before =
          store().load(version, List.of(book.title())).getOrDefault(book.title(), StoredRow.NONE);
      changes.add(
          new RowChange(book.title(), before, before.revision() + 1, book, Map.of(FIRST, next)));
    }
    var move =
        new PositionMove(FIRST, owned.position(), new Position(next, next * 2), owned.epoch());
    store().commit(new ViewBatch(version, changes, List.of(move)));
  }

  private void shelf() {
    put(
        book("a").discounted("0.10").withCopies(3),
        book("b").discounted(null).withCopies(1),
        book("c").discounted("0.30").withCopies(2),
        book("d").discounted(null).withCopies(2),
        book("e").discounted("0.20").withCopies(2),
        book("f_%*\\").discounted("0.10").withCopies(1));
  }

  /** The titles of all pages of this size, page after page. */
  private String pages(int size, List<Filter> filters, Order... order) {
    var titles = new StringBuilder();
    ViewQuery.@Nullable Boundary after = null;
    for (int page = 0; page < 20; page++) {
      ViewPage found = reader().page(view, new ViewQuery(filters, List.of(order), size, after));
      assertThat(found.rows()).hasSizeLessThanOrEqualTo(size);
      found.rows().forEach(row -> titles.append(row.key().charAt(0)));
      after = found.next();
      if (after == null) {
        return titles.toString();
      }
    }
    throw new AssertionError("pages do not end: " + titles);
  }

  private String found(String column, Operator operator, Object... values) {
    return pages(50, List.of(new Filter(column, operator, List.of(values))));
  }

  @Test
  void a_view_nobody_prepared_is_empty_and_at_the_start() throws Exception {
    assertThat(reader().row(view, "a")).isEmpty();
    assertThat(reader().page(view, new ViewQuery(List.of(), List.of(), 10, null)).rows()).isEmpty();
    assertThat(reader().positions(view)).isEqualTo(view.start());
    assertThat(watch().await(view, Token.of(FIRST.topic(), 0, 1), Duration.ZERO))
        .isInstanceOf(Progress.Behind.class);
  }

  @Test
  void a_row_is_read_as_the_last_commit_left_it() {
    put(book("a"));
    put(book("a").withCopies(9));
    assertThat(reader().row(view, "a")).contains(new ViewRow("a", 2, book("a").withCopies(9)));
    assertThat(reader().row(view, "no such key/with & odd characters")).isEmpty();
  }

  @Test
  void positions_name_every_partition() {
    put(book("a"));
    assertThat(reader().positions(view))
        .isEqualTo(Map.of(FIRST, new Position(1, 2), SECOND, Position.START));
  }

  @Test
  void columns_are_the_components_in_their_order() {
    assertThat(reader().columns(view).subList(0, 3))
        .containsExactly(
            new ViewColumn("title", ViewColumnType.TEXT, false),
            new ViewColumn("subtitle", ViewColumnType.TEXT, true),
            new ViewColumn("kind", ViewColumnType.ENUM, false));
    assertThat(reader().columns(view))
        .last()
        .extracting(ViewColumn::type)
        .isEqualTo(ViewColumnType.JSON);
  }

  @Test
  void filters_mean_the_same_everywhere() {
    shelf();
    assertThat(found("copies", Operator.EQ, 2)).isEqualTo("cde");
    assertThat(found("copies", Operator.NEQ, 2)).isEqualTo("abf");
    assertThat(found("copies", Operator.GT, 2)).isEqualTo("a");
    assertThat(found("discount", Operator.GTE, new BigDecimal("0.2"))).isEqualTo("ce");
    assertThat(found("discount", Operator.LT, new BigDecimal("0.20"))).isEqualTo("af");
    assertThat(found("discount", Operator.EQ, new BigDecimal("0.100"))).isEqualTo("af");
    assertThat(found("discount", Operator.NEQ, new BigDecimal("0.10"))).isEqualTo("ce");
    assertThat(found("discount", Operator.IS_NULL, true)).isEqualTo("bd");
    assertThat(found("discount", Operator.IS_NULL, false)).isEqualTo("acef");
    assertThat(found("title", Operator.IN, "a", "e", "z")).isEqualTo("ae");
    assertThat(found("copies", Operator.IN, 1, 3)).isEqualTo("abf");
    assertThat(found("discount", Operator.IN, new BigDecimal("0.3"))).isEqualTo("c");
    assertThat(found("kind", Operator.EQ, Kind.NOVEL)).isEqualTo("abcdef");
    assertThat(found("kind", Operator.IN, Kind.ATLAS)).isEmpty();
    assertThat(found("boughtAt", Operator.LTE, NOON)).isEqualTo("abcdef");
    assertThat(found("boughtAt", Operator.LT, NOON)).isEmpty();
    assertThat(found("boughtAt", Operator.GTE, NOON.plusNanos(1000))).isEmpty();
    assertThat(found("published", Operator.EQ, Objects.requireNonNull(book("a").published())))
        .isEqualTo("abcdef");
    assertThat(found("tag", Operator.EQ, book("b").tag())).isEqualTo("b");
    assertThat(found("lendable", Operator.EQ, true)).isEqualTo("abcdef");
    assertThat(found("weight", Operator.LT, 0.25)).isEmpty();
    assertThat(found("loans", Operator.EQ, 7_000_000_000L)).isEqualTo("abcdef");
  }

  @Test
  void only_the_star_is_special_in_like() {
    shelf();
    assertThat(found("title", Operator.LIKE, "*")).isEqualTo("abcdef");
    assertThat(found("title", Operator.LIKE, "f*")).isEqualTo("f");
    assertThat(found("title", Operator.LIKE, "f_%*")).isEqualTo("f");
    assertThat(found("title", Operator.LIKE, "*\\")).isEqualTo("f");
    assertThat(found("title", Operator.LIKE, "_")).isEmpty();
    assertThat(found("title", Operator.LIKE, "?")).isEmpty();
    assertThat(found("title", Operator.LIKE, "%")).isEmpty();
  }

  @Test
  void pages_of_any_size_hold_every_row_once_in_the_order_asked_for() {
    shelf();
    for (int size : List.of(1, 2, 3, 4, 6, 7)) {
      assertThat(pages(size, List.of())).isEqualTo("abcdef");
      assertThat(pages(size, List.of(), new Order("title", true))).isEqualTo("fedcba");
      assertThat(pages(size, List.of(), new Order("copies", false))).isEqualTo("bfcdea");
      assertThat(pages(size, List.of(), new Order("copies", true))).isEqualTo("aedcfb");
      assertThat(pages(size, List.of(), new Order("discount", false))).isEqualTo("afecbd");
      assertThat(pages(size, List.of(), new Order("discount", true))).isEqualTo("cefadb");
      assertThat(pages(size, List.of(), new Order("boughtAt", true), new Order("copies", false)))
          .isEqualTo("bfcdea");
      assertThat(pages(size, List.of(), new Order("discount", true), new Order("copies", false)))
          .isEqualTo("cefabd");
    }
  }

  @Test
  void a_page_holds_what_was_committed_before_it_was_asked_for() {
    for (int i = 1; i <= 20; i++) {
      put(book("t" + i));
      assertThat(reader().page(view, new ViewQuery(List.of(), List.of(), 50, null)).rows())
          .hasSize(i);
    }
  }

  @Test
  void a_question_that_cannot_be_meant_is_refused() {
    shelf();
    for (var query :
        List.of(
            new ViewQuery(List.of(new Filter("nope", Operator.EQ, List.of(1))), List.of(), 1, null),
            new ViewQuery(List.of(), List.of(new Order("title\" desc; --", false)), 1, null),
            new ViewQuery(List.of(), List.of(new Order("authors", false)), 1, null),
            new ViewQuery(List.of(), List.of(), 0, null),
            new ViewQuery(List.of(), List.of(), ViewQuery.MAX_LIMIT + 1, null),
            new ViewQuery(List.of(), List.of(), 1, new ViewQuery.Boundary(List.of(1), "a")))) {
      assertThatThrownBy(() -> reader().page(view, query))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_caller_waits_until_the_view_has_seen_its_token() throws Exception {
    put(book("a"));
    Token next = Token.of(FIRST.topic(), 0, 2).merge(Token.of("other.topic", 0, 99));
    assertThat(watch().await(view, Token.of(FIRST.topic(), 0, 1), Duration.ofSeconds(9)))
        .isInstanceOf(Progress.Reached.class);
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var waits = new ArrayList<CompletableFuture<Progress>>();
      for (int i = 0; i < 50; i++) {
        var wait = new CompletableFuture<Progress>();
        waits.add(wait);
        callers.execute(() -> complete(wait, next));
      }
      assertThat(waits).noneMatch(CompletableFuture::isDone);
      put(book("b"));
      for (var wait : waits) {
        assertThat(wait.get(20, TimeUnit.SECONDS))
            .isEqualTo(
                new Progress.Reached(Map.of(FIRST, new Position(2, 4), SECOND, Position.START)));
      }
    }
  }

  private void complete(CompletableFuture<Progress> wait, Token token) {
    try {
      wait.complete(watch().await(view, token, Duration.ofSeconds(20)));
    } catch (InterruptedException | RuntimeException failure) {
      wait.completeExceptionally(failure);
    }
  }

  @Test
  void a_wait_that_runs_out_says_how_many_events_are_missing() throws Exception {
    put(book("a"));
    Token far = Token.of(FIRST.topic(), 0, 5).merge(Token.of(FIRST.topic(), 1, 2));
    Progress progress = watch().await(view, far, Duration.ofMillis(120));
    assertThat(progress)
        .isInstanceOfSatisfying(
            Progress.Behind.class,
            behind -> {
              assertThat(behind.missing()).isEqualTo(Map.of(FIRST, 4L, SECOND, 2L));
              assertThat(behind.missingEvents()).isEqualTo(6);
            });
  }
}
