package dev.foldstream.host.library;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Books that are lent to readers. */
public final class LibraryDomain implements Domain {

  public record Activity(String id, int count) {}

  @Override
  public String name() {
    return "library";
  }

  @Override
  public List<Feature> features() {
    return List.of(
        reader(),
        book(),
        Feature.View.of("loans", Book.BookEvent.class, Activity.class, new Counting<>()),
        Feature.View.of("activity", LibraryEvent.class, Activity.class, new Counting<>()));
  }

  public static Feature book() {
    return Feature.Aggregate.of(
        "book",
        Book.BookCommand.class,
        Book.Lent.class,
        Book.BookEvent.class,
        new Book.BookDecider());
  }

  public static Feature reader() {
    return Feature.Aggregate.of(
        "reader",
        Reader.EnrolReader.class,
        Reader.Enrolled.class,
        Reader.ReaderEnrolled.class,
        new Reader.ReaderDecider());
  }

  /** Counts the events of a row. */
  public static final class Counting<E> implements Projection<E, Activity> {
    @Override
    public Set<String> keys(RecordedEvent<? extends E> event) {
      return Set.of(event.stream().id());
    }

    @Override
    public Activity apply(String key, @Nullable Activity row, RecordedEvent<? extends E> event) {
      return new Activity(key, row == null ? 1 : row.count() + 1);
    }
  }
}
