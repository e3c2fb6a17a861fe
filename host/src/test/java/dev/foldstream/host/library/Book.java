package dev.foldstream.host.library;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;

/** The aggregate {@code book}: what can be asked of it, what happened to it. */
public final class Book {

  private Book() {}

  public sealed interface BookCommand {}

  public record LendBook(String reader) implements BookCommand {}

  public sealed interface Return extends BookCommand {}

  public record ReturnBook() implements Return {}

  public sealed interface BookEvent extends LibraryEvent {}

  public record BookLent(String reader) implements BookEvent {}

  public record BookReturned() implements BookEvent {}

  public record Lent(boolean out) {}

  public static final class BookDecider implements Decider<BookCommand, Lent, BookEvent> {
    @Override
    public Lent initial() {
      return new Lent(false);
    }

    @Override
    public Decision<BookEvent> decide(BookCommand command, Lent state, CommandContext context) {
      return switch (command) {
        case LendBook(String reader) -> Decision.accept(new BookLent(reader));
        case ReturnBook() -> Decision.accept(new BookReturned());
      };
    }

    @Override
    public Lent evolve(Lent state, BookEvent event) {
      return new Lent(event instanceof BookLent);
    }
  }
}
