package dev.foldstream.schemas.samples;

import dev.foldstream.schemas.samples.Everything.Circle;
import dev.foldstream.schemas.samples.Everything.Color;
import dev.foldstream.schemas.samples.Everything.Named;
import dev.foldstream.schemas.samples.Everything.Nothing;
import dev.foldstream.schemas.samples.Everything.Part;
import dev.foldstream.schemas.samples.Everything.Shape;
import dev.foldstream.schemas.samples.Everything.Square;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values made from a seed; every value is one that comes back equal. */
public final class EverythingSamples {

  private static final long DIGITS_18 = 999_999_999_999_999_999L;
  private static final int MAX_SIZE = 4;

  private final Random random;

  private EverythingSamples(long seed) {
    this.random = new Random(seed);
  }

  public static Everything of(long seed) {
    return new EverythingSamples(seed).everything();
  }

  private Everything everything() {
    return new Everything(
        text(),
        random.nextInt(),
        random.nextLong(),
        random.nextBoolean(),
        random.nextGaussian() * 1e12,
        price(),
        instant(),
        LocalDate.ofEpochDay(random.nextInt()),
        new UUID(random.nextLong(), random.nextLong()),
        color(),
        list(this::color),
        map(random::nextInt),
        part(),
        list(this::part),
        shape(0),
        gaps(),
        map(() -> list(this::part)),
        maybe(this::text),
        maybe(random::nextInt),
        maybe(this::price),
        maybe(this::part),
        maybe(() -> shape(0)),
        maybe(() -> list(this::text)));
  }

  private String text() {
    int length = random.nextInt(12);
    var text = new StringBuilder();
    while (text.length() < length) {
      int found = random.nextInt(Character.MAX_CODE_POINT);
      if (!(found >= Character.MIN_SURROGATE && found <= Character.MAX_SURROGATE)) {
        text.appendCodePoint(random.nextBoolean() ? found % 128 : found);
      }
    }
    return text.toString();
  }

  private BigDecimal price() {
    return new BigDecimal(
        BigInteger.valueOf(random.nextLong(-DIGITS_18, DIGITS_18) >> random.nextInt(60)), 2);
  }

  private Instant instant() {
    return Instant.ofEpochSecond(
        random.nextLong(-62_135_596_800L, 253_402_300_800L), random.nextInt(1_000_000) * 1_000L);
  }

  private Color color() {
    return random.nextBoolean() ? Color.RED : Color.GREEN;
  }

  private Part part() {
    return new Part(text(), maybe(this::instant));
  }

  private Shape shape(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> new Circle(random.nextDouble());
      case 1 -> new Square(random.nextInt());
      case 2 -> new Named(text(), depth > 2 ? List.of() : list(() -> shape(depth + 1)));
      default -> new Nothing();
    };
  }

  private List<@Nullable String> gaps() {
    var gaps = new ArrayList<@Nullable String>();
    for (int index = random.nextInt(MAX_SIZE); index > 0; index--) {
      gaps.add(maybe(this::text));
    }
    return gaps;
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private <T> List<T> list(Supplier<T> element) {
    var list = new ArrayList<T>();
    for (int index = random.nextInt(MAX_SIZE); index > 0; index--) {
      list.add(element.get());
    }
    return list;
  }

  private <T> Map<String, T> map(Supplier<T> value) {
    var map = new LinkedHashMap<String, T>();
    for (int index = random.nextInt(MAX_SIZE); index > 0; index--) {
      map.put(text(), value.get());
    }
    return map;
  }
}
