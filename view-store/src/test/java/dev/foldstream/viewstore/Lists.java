package dev.foldstream.viewstore;

import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.Shelf.Kind;
import dev.foldstream.viewstore.Shelf.ShelfEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row with a list of every type of plain value. */
public record Lists(
    List<String> texts,
    List<Kind> kinds,
    List<Short> small,
    List<Integer> numbers,
    List<Long> large,
    List<BigDecimal> prices,
    List<Double> weights,
    List<Boolean> answers,
    List<Instant> times,
    List<LocalDate> days,
    List<UUID> tags,
    @Nullable List<@Nullable String> gaps) {

  public static final Lists FULL =
      new Lists(
          List.of("", "a b", "ü 漢 \\ ' \" , {} \n", "NULL", "null"),
          List.of(Kind.ATLAS, Kind.NOVEL),
          List.of(Short.MIN_VALUE, (short) 7),
          List.of(Integer.MIN_VALUE, 0, 7),
          List.of(Long.MIN_VALUE, Long.MAX_VALUE),
          List.of(new BigDecimal("-0.10"), new BigDecimal("123456789012345678901234567890.5")),
          List.of(-1e-9, 0.25),
          List.of(true, false),
          List.of(Shelf.NOON, Instant.parse("1999-12-31T23:59:59.999999Z")),
          List.of(LocalDate.of(1926, 5, 3)),
          List.of(new UUID(0, 0), UUID.nameUUIDFromBytes(new byte[] {1})),
          Arrays.asList("a", null, "b"));

  public static final Lists EMPTY =
      new Lists(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of(), List.of(), null);

  public static ViewDefinition view(String name) {
    return Shelf.definition(
        Feature.View.of(name, ShelfEvent.class, Lists.class, new NoProjection())
            .in(ViewStoreKind.POSTGRESQL, ViewStoreKind.ELASTICSEARCH));
  }

  /** Its rows are put there, not folded. */
  private static final class NoProjection implements Projection<ShelfEvent, Lists> {
    @Override
    public Set<String> keys(RecordedEvent<? extends ShelfEvent> event) {
      return Set.of();
    }

    @Override
    public @Nullable Lists apply(
        String key, @Nullable Lists row, RecordedEvent<? extends ShelfEvent> event) {
      return row;
    }
  }
}
