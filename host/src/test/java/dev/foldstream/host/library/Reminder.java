package dev.foldstream.host.library;

import dev.foldstream.host.library.Book.BookEvent;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.ProcessManager;
import dev.foldstream.kernel.ProcessProgress;
import dev.foldstream.kernel.RecordedEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The process {@code reminder}: follows books and does nothing. */
public final class Reminder
    implements ProcessManager<BookEvent, Reminder.Count, Reminder.Reminded> {

  public record Count(int events) {}

  public record Reminded(
      String step,
      @Nullable String waitingFor,
      int attempts,
      Outcome outcome,
      @Nullable String reason)
      implements ProcessProgress, LibraryEvent {}

  public static Feature.Process<BookEvent, Count, Reminded> named(String name) {
    return Feature.Process.of(name, BookEvent.class, Count.class, Reminded.class, new Reminder());
  }

  @Override
  public Optional<String> processId(RecordedEvent<? extends BookEvent> event) {
    return Optional.of(event.stream().id());
  }

  @Override
  public Count initial() {
    return new Count(0);
  }

  @Override
  public Count evolve(Count state, Input<BookEvent> input) {
    return new Count(state.events() + 1);
  }

  @Override
  public List<Effect> react(Count state, Input<BookEvent> input) {
    return List.of();
  }

  @Override
  public Reminded progress(Count state) {
    return new Reminded("counting", null, 1, ProcessProgress.Outcome.RUNNING, null);
  }
}
