package dev.foldstream.queryservice.library;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row with a column of every type. */
public record Book(
    String id,
    String title,
    int pages,
    long visits,
    BigDecimal price,
    double rating,
    boolean lent,
    Instant addedAt,
    LocalDate published,
    UUID code,
    Genre genre,
    List<Copy> copies,
    @Nullable String note) {

  public enum Genre {
    NOVEL,
    POETRY,
    MANUAL
  }

  public record Copy(String shelf, int number) {}
}
