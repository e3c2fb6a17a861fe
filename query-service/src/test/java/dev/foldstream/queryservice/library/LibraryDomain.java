package dev.foldstream.queryservice.library;

import static dev.foldstream.kernel.ViewStoreKind.ELASTICSEARCH;
import static dev.foldstream.kernel.ViewStoreKind.POSTGRESQL;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Books and loans; their rows are put into the stores by the tests themselves. */
public final class LibraryDomain implements Domain {

  public record AddBook(String title) {}

  public record BookAdded(String title) {}

  /** What {@link BookAdded} once was. */
  public record BookNamed(String name) {}

  public record LendBook(String reader) {}

  public record BookLent(String reader) {}

  public record State(int events) {}

  public record Loan(String reader, int order, String limit) {}

  /** How often a reader took a book. */
  public record Reader(String reader, int loans) {}

  public record Title(String title) {}

  @Override
  public String name() {
    return "library";
  }

  @Override
  public List<Feature> features() {
    return List.of(
        Feature.Aggregate.of("book", AddBook.class, State.class, BookAdded.class, new Nothing<>())
            .upcast(BookNamed.class, old -> new BookAdded(old.name())),
        Feature.Aggregate.of("loan", LendBook.class, State.class, BookLent.class, new Nothing<>()),
        Feature.View.of("books", BookAdded.class, Book.class, new Untouched<>())
            .in(POSTGRESQL, ELASTICSEARCH)
            .index("genre", "addedAt")
            .search("title", "note"),
        Feature.View.of("loans", BookLent.class, Loan.class, new Untouched<>()),
        Feature.View.of("readers", BookLent.class, Reader.class, new LoansOfReaders()),
        Feature.View.of("titles", BookAdded.class, Title.class, new Titles()),
        Feature.View.of("shelves", BookAdded.class, Book.class, new Untouched<>())
            .in(ELASTICSEARCH));
  }

  /** Does nothing: no command is decided here. */
  private static final class Nothing<C, E> implements Decider<C, State, E> {
    @Override
    public State initial() {
      return new State(0);
    }

    @Override
    public Decision<E> decide(C command, State state, CommandContext context) {
      return Decision.nothingToDo();
    }

    @Override
    public State evolve(State state, E event) {
      return new State(state.events() + 1);
    }
  }

  /** Leaves rows as they are: no event is folded here. */
  private static final class Untouched<E, V> implements Projection<E, V> {
    @Override
    public Set<String> keys(RecordedEvent<? extends E> event) {
      return Set.of();
    }

    @Override
    public @Nullable V apply(String key, @Nullable V row, RecordedEvent<? extends E> event) {
      return row;
    }
  }

  private static final class LoansOfReaders implements Projection<BookLent, Reader> {
    @Override
    public Set<String> keys(RecordedEvent<? extends BookLent> event) {
      return Set.of(event.event().reader());
    }

    @Override
    public Reader apply(String key, @Nullable Reader row, RecordedEvent<? extends BookLent> event) {
      return new Reader(key, row == null ? 1 : row.loans() + 1);
    }
  }

  private static final class Titles implements Projection<BookAdded, Title> {
    @Override
    public Set<String> keys(RecordedEvent<? extends BookAdded> event) {
      return Set.of(event.stream().id());
    }

    @Override
    public Title apply(String key, @Nullable Title row, RecordedEvent<? extends BookAdded> event) {
      return new Title(event.event().title());
    }
  }
}
