package dev.foldstream.queryservice.views;

import dev.foldstream.queryservice.library.Book;
import dev.foldstream.queryservice.library.Book.Copy;
import dev.foldstream.queryservice.library.Book.Genre;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Books numbered from 1, each with other values. */
public final class Books {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000001Z");

  private static final List<Genre> GENRES = List.of(Genre.NOVEL, Genre.POETRY, Genre.MANUAL);

  private Books() {}

  public static Book book(int number) {
    return book(number, "Book number " + number, number % 3 == 0 ? null : "note " + number);
  }

  public static Book book(int number, String title, @Nullable String note) {
    return new Book(
        "b-" + number,
        title,
        number * 10,
        number * 10_000_000_000L,
        new BigDecimal(number + ".50"),
        number / 4.0,
        number % 2 == 0,
        NOON.plusSeconds(number),
        LocalDate.of(2026, 1, number),
        new UUID(7, number),
        GENRES.get(number % 3),
        List.of(new Copy("s-" + number, 1)),
        note);
  }
}
