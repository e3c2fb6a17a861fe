package dev.foldstream.schemas.samples;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every type that a component may have. */
public record Everything(
    String text,
    int count,
    long total,
    boolean done,
    double ratio,
    BigDecimal price,
    Instant at,
    LocalDate day,
    UUID id,
    Color color,
    List<Color> colors,
    Map<String, Integer> counts,
    Part part,
    List<Part> parts,
    Shape shape,
    List<@Nullable String> gaps,
    Map<String, List<Part>> nested,
    @Nullable String maybeText,
    @Nullable Integer maybeCount,
    @Nullable BigDecimal maybePrice,
    @Nullable Part maybePart,
    @Nullable Shape maybeShape,
    @Nullable List<String> maybeList) {

  public enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "not its name";
      }
    }
  }

  public record Part(String sku, @Nullable Instant since) {}

  public sealed interface Shape permits Circle, Polygon, Nothing {}

  public record Circle(double radius) implements Shape {}

  /** Reached through another sealed interface. */
  public sealed interface Polygon extends Shape {}

  public record Square(int side) implements Polygon {}

  public record Named(String name, List<Shape> inner) implements Polygon {}

  public record Nothing() implements Shape {}
}
