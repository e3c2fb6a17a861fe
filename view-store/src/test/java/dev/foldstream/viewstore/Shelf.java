package dev.foldstream.viewstore;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.kernel.ViewStoreKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A small domain that has every type of column: books on a shelf. */
public final class Shelf {

  public static final String DOMAIN = "library";
  public static final String TOPIC = "library.shelf.log";
  public static final int PARTITIONS = 2;
  public static final TopicPartitionName FIRST = new TopicPartitionName(TOPIC, 0);
  public static final TopicPartitionName SECOND = new TopicPartitionName(TOPIC, 1);
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private Shelf() {}

  public enum Kind {
    NOVEL,
    ATLAS
  }

  public record Author(String name, @Nullable Integer born) {}

  public sealed interface Condition {
    record Fine() implements Condition {}

    record Torn(int pages) implements Condition {}
  }

  /** The row. */
  public record Book(
      String title,
      @Nullable String subtitle,
      Kind kind,
      int copies,
      long loans,
      BigDecimal price,
      @Nullable BigDecimal discount,
      double weight,
      boolean lendable,
      Instant boughtAt,
      @Nullable LocalDate published,
      UUID tag,
      List<Author> authors,
      Map<String, String> notes,
      @Nullable Condition condition) {

    public Book withCopies(int number) {
      return new Book(
          title, subtitle, kind, number, loans, price, discount, weight, lendable, boughtAt,
          published, tag, authors, notes, condition);
    }

    public Book at(Instant time) {
      return new Book(
          title, subtitle, kind, copies, loans, price, discount, weight, lendable, time, published,
          tag, authors, notes, condition);
    }

    public Book withAuthors(List<Author> all) {
      return new Book(
          title, subtitle, kind, copies, loans, price, discount, weight, lendable, boughtAt,
          published, tag, all, notes, condition);
    }

    public Book discounted(@Nullable String amount) {
      return new Book(
          title,
          subtitle,
          kind,
          copies,
          loans,
          price,
          amount == null ? null : new BigDecimal(amount),
          weight,
          lendable,
          boughtAt,
          published,
          tag,
          authors,
          notes,
          condition);
    }
  }

  public sealed interface ShelfEvent {
    /** Adds copies, so that folding it twice shows. */
    record Bought(String book, int copies) implements ShelfEvent {}

    record Lost(String book) implements ShelfEvent {}
  }

  /** Adds up copies; a lost book has no row. */
  public static final class BookProjection implements Projection<ShelfEvent, Book> {
    @Override
    public Set<String> keys(RecordedEvent<? extends ShelfEvent> event) {
      return switch (event.event()) {
        case ShelfEvent.Bought bought -> Set.of(bought.book());
        case ShelfEvent.Lost lost -> Set.of(lost.book());
      };
    }

    @Override
    public @Nullable Book apply(
        String key, @Nullable Book row, RecordedEvent<? extends ShelfEvent> event) {
      return switch (event.event()) {
        case ShelfEvent.Bought bought ->
            row == null
                ? book(key).withCopies(bought.copies())
                : row.withCopies(row.copies() + bought.copies());
        case ShelfEvent.Lost _ -> null;
      };
    }
  }

  public static Book book(String title) {
    return new Book(
        title,
        null,
        Kind.NOVEL,
        1,
        7_000_000_000L,
        new BigDecimal("19.90"),
        new BigDecimal("0.50"),
        0.25,
        true,
        NOON,
        LocalDate.of(1926, 5, 3),
        UUID.nameUUIDFromBytes(title.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        List.of(new Author("Ann " + title, 1961), new Author("Bob", null)),
        Map.of("en", "old \"one\""),
        new Condition.Torn(3));
  }

  /** A view of this name, of its own in whatever store it is kept. */
  public static ViewDefinition view(String name) {
    return definition(
        Feature.View.of(name, ShelfEvent.class, Book.class, new BookProjection())
            .in(ViewStoreKind.POSTGRESQL, ViewStoreKind.ELASTICSEARCH)
            .index("kind", "price")
            .index("boughtAt")
            .search("title", "authors.name"));
  }

  public static ViewDefinition definition(Feature.View<?, ?> feature) {
    return new ViewDefinition(DOMAIN, feature, List.of(TOPIC), PARTITIONS);
  }

  /** The events of a partition, with sequences from this one on. */
  public static List<RecordedEvent<Object>> events(
      TopicPartitionName partition, long firstSequence, ShelfEvent... events) {
    var recorded = new ArrayList<RecordedEvent<Object>>();
    for (int i = 0; i < events.length; i++) {
      long sequence = firstSequence + i;
      recorded.add(
          new RecordedEvent<>(
              new StreamName(DOMAIN, "shelf", "s-1"),
              sequence,
              new Place(partition.topic(), partition.partition(), sequence, sequence * 2),
              "e-" + sequence,
              NOON,
              new Metadata("c-" + sequence, "c-" + sequence, null, Metadata.ANONYMOUS),
              events[i]));
    }
    return recorded;
  }
}
