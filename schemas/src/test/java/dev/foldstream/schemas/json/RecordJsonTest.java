package dev.foldstream.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldstream.schemas.samples.Everything;
import dev.foldstream.schemas.samples.Everything.Circle;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

  enum Color {
    RED,
    BLUE
  }

  record Order(String id, int count, @Nullable String note, List<Line> lines) {}

  record Line(String sku, BigDecimal price) {
    Line {
      if (sku.isBlank()) {
        throw new IllegalArgumentException("sku: a text that is not blank is wanted");
      }
    }
  }

  record Scalars(
      int i,
      long l,
      boolean b,
      double d,
      BigDecimal p,
      Instant at,
      LocalDate day,
      UUID id,
      Color c) {}

  record Shaped(Everything.Shape shape) {}

  private final RecordJson json = new RecordJson();

  private <T> T read(String text, Class<T> type) {
    return json.read(text.getBytes(StandardCharsets.UTF_8), type);
  }

  private List<String> faults(String text, Class<?> type) {
    return catchThrowableOfType(InvalidJsonException.class, () -> read(text, type))
        .faults()
        .stream()
        .map(fault -> fault.pointer() + ": " + fault.detail())
        .toList();
  }

  @Test
  void decimals_come_in_as_numbers_or_strings_and_go_out_as_exact_strings() {
    var order =
        read(
            """
            {"id": "o-1", "count": 2, "lines":
              [{"sku": "a", "price": 19.9}, {"sku": "b", "price": "0.10"}, {"sku": "c", "price": 1e2}]}
            """,
            Order.class);
    assertThat(order.note()).isNull();
    assertThat(json.text(order))
        .isEqualTo(
            """
            {"id":"o-1","count":2,"note":null,"lines":[{"sku":"a","price":"19.90"},\
            {"sku":"b","price":"0.10"},{"sku":"c","price":"100.00"}]}""");
  }

  @Test
  void all_faults_are_found_at_once_with_their_pointers() {
    assertThat(
            faults(
                """
                {"count": 1.5, "note": 7, "a/b~c": true, "lines":
                  [{"sku": "a", "price": 1.999}, {"sku": null, "price": "x"}, 3, {"sku": " ", "price": 1}]}
                """,
                Order.class))
        .containsExactly(
            "/id: wanted a string; the field is missing",
            "/count: wanted a whole number from -2147483648 to 2147483647; found 1.5",
            "/note: wanted a string; found 7",
            "/lines/0/price: wanted a decimal of at most 16 digits before the point and 2 after it;"
                + " found 1.999",
            "/lines/1/sku: wanted a string; found null",
            "/lines/1/price: wanted a decimal number, or one as a string; found the string \"x\"",
            "/lines/2: wanted an object; found 3",
            "/lines/3/sku: a text that is not blank is wanted",
            "/a~1b~0c: no such field; Order has id, count, note, lines");
  }

  @Test
  void values_out_of_range_or_of_another_form_are_named() {
    assertThat(
            faults(
                """
                {"i": 2147483648, "l": 9223372036854775808, "b": "true", "d": 1e999,
                 "p": 12345678901234567, "at": "yesterday", "day": "2026-02-30", "id": "1-1-1-1-1",
                 "c": "GREEN"}
                """,
                Scalars.class))
        .containsExactly(
            "/i: wanted a whole number from -2147483648 to 2147483647; found 2147483648",
            "/l: wanted a whole number from -9223372036854775808 to 9223372036854775807; found"
                + " 9223372036854775808",
            "/b: wanted true or false; found the string \"true\"",
            "/d: wanted a number; found 1E+999",
            "/p: wanted a decimal of at most 16 digits before the point and 2 after it; found"
                + " 12345678901234567",
            "/at: wanted a time such as 2026-01-31T12:00:00Z; found the string \"yesterday\"",
            "/day: wanted a date such as 2026-01-31; found the string \"2026-02-30\"",
            "/id: wanted a UUID such as 123e4567-e89b-42d3-a456-426614174000; found the string"
                + " \"1-1-1-1-1\"",
            "/c: wanted one of RED, BLUE; found the string \"GREEN\"");
  }

  @Test
  void a_part_of_a_larger_text_has_its_pointers_from_there() {
    var part = json.tree("[1, {\"id\": 5}]".getBytes(StandardCharsets.UTF_8)).get(1);
    var fault =
        catchThrowableOfType(
            InvalidJsonException.class, () -> json.read(part, Order.class, "/7/data"));
    assertThat(fault.faults().getFirst().pointer()).isEqualTo("/7/data/id");
  }

  @Test
  void a_text_that_is_no_JSON_gives_one_fault_with_line_and_column() {
    assertThat(faults("{\"id\": \"o-1\",\n  count: 2}", Order.class))
        .containsExactly(": not JSON at line 2, column 3: unexpected character");
    assertThat(faults("{\"id\": \"o-1\"", Order.class))
        .singleElement()
        .asString()
        .startsWith(": not JSON at line 1")
        .endsWith("the text ends too early");
    assertThat(faults("", Order.class))
        .containsExactly(": not JSON at line 1, column 1: the text is empty");
    assertThat(faults("{} {}", Order.class)).singleElement().asString().contains("after the end");
    assertThat(faults("{\"id\": \"\u0001\"}", Order.class))
        .singleElement()
        .asString()
        .contains("not JSON");
  }

  @Test
  void a_field_that_is_there_twice_is_refused() {
    assertThat(faults("{\"id\": \"a\", \"id\": \"b\"}", Order.class))
        .containsExactly("/id: the field is there twice");
  }

  @Test
  void size_depth_and_length_of_numbers_are_bounded() {
    var deep = "[".repeat(RecordJson.MAX_DEPTH + 2) + "]".repeat(RecordJson.MAX_DEPTH + 2);
    assertThat(faults(deep, Order.class)).singleElement().asString().contains("at most 64 levels");
    assertThat(faults("[" + "1".repeat(RecordJson.MAX_NUMBER_CHARACTERS + 1) + "]", Order.class))
        .singleElement()
        .asString()
        .contains("a number has more than 100 characters");
    assertThat(faults(" ".repeat(RecordJson.MAX_BYTES + 1), Order.class))
        .containsExactly(": wanted at most 1048576 bytes; found 1048577");
    assertThat(faults("{" + many() + "}", Order.class)).hasSize(RecordJson.MAX_FAULTS);
  }

  private static String many() {
    var fields = new StringBuilder("\"x\": 1");
    for (int index = 0; index < 200; index++) {
      fields.append(", \"x").append(index).append("\": 1");
    }
    return fields.toString();
  }

  @Test
  void half_of_a_surrogate_pair_is_refused() {
    assertThat(faults("{\"id\": \"\\ud800\", \"count\": 1, \"lines\": []}", Order.class))
        .singleElement()
        .asString()
        .contains("/id: wanted a string of whole Unicode characters");
  }

  @Test
  void a_time_is_cut_to_microseconds_and_may_have_an_offset() {
    record At(Instant at) {}
    assertThat(read("{\"at\": \"2026-01-31T12:00:00.123456789+01:00\"}", At.class).at())
        .isEqualTo(Instant.parse("2026-01-31T11:00:00.123456Z"));
  }

  @Test
  void a_value_of_a_sealed_interface_carries_its_type() {
    var circle = new Shaped(new Circle(1.5));
    assertThat(json.text(circle)).isEqualTo("{\"shape\":{\"type\":\"Circle\",\"radius\":1.5}}");
    assertThat(read(json.text(circle), Shaped.class)).isEqualTo(circle);
    assertThat(faults("{\"shape\": {\"type\": \"Cube\"}}", Shaped.class))
        .containsExactly(
            "/shape/type: wanted one of Circle, Square, Named, Nothing; found the string \"Cube\"");
  }

  @Test
  void lists_and_maps_are_written_by_what_they_hold() {
    assertThat(json.text(Map.of("a", List.of(1, Color.RED, new BigDecimal("1E+2")))))
        .isEqualTo("{\"a\":[1,\"RED\",\"100\"]}");
  }
}
