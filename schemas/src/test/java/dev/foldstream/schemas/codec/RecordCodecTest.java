package dev.foldstream.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCodecTest {

  record Priced(BigDecimal price) {}

  record Timed(Instant at) {}

  record Dated(LocalDate day) {}

  record Named(String name) {}

  record Picky(int size) {
    Picky {
      if (size < 0) {
        throw new IllegalArgumentException("size: from 0 is wanted, found " + size);
      }
    }
  }

  record Tree(String name, List<Tree> children) {}

  sealed interface Choice {}

  record Left(int number) implements Choice {}

  record Right(String text) implements Choice {}

  private static <T> RecordCodec<T> codec(Class<T> type) {
    return RecordCodec.of(type, RecordSchemas.schemaOf(type, "test"));
  }

  @Test
  void a_smaller_scale_is_widened() {
    var codec = codec(Priced.class);
    assertThat(codec.decode(codec.encode(new Priced(new BigDecimal("19.9")))))
        .isEqualTo(new Priced(new BigDecimal("19.90")));
    assertThat(codec.decode(codec.encode(new Priced(new BigDecimal("1E+3")))))
        .isEqualTo(new Priced(new BigDecimal("1000.00")));
  }

  @Test
  void a_larger_scale_and_too_many_digits_are_refused_with_the_field_named() {
    var codec = codec(Priced.class);
    assertThatThrownBy(() -> codec.encode(new Priced(new BigDecimal("1.900"))))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("price: wanted at most 2 digits after the point; found 3");
    assertThatThrownBy(() -> codec.encode(new Priced(new BigDecimal("12345678901234567"))))
        .hasMessageContaining("price: wanted at most 16 digits before the point; found 17");
    assertThatThrownBy(() -> codec.encode(new Priced(new BigDecimal("1E+999999999"))))
        .hasMessageContaining("digits before the point");
    assertThatThrownBy(() -> codec.encode(new Priced(new BigDecimal("0E+999999999"))))
        .hasMessageContaining("without an exponent");
  }

  @Test
  void a_stored_decimal_with_too_many_digits_is_refused() {
    var codec = codec(Priced.class);
    var tooLong = new byte[10];
    tooLong[0] = 2 * 9;
    tooLong[1] = 0x7f;
    assertThatThrownBy(() -> codec.decode(tooLong)).hasMessageContaining("has 1 to 8 bytes");
    assertThatThrownBy(() -> codec.decode(new byte[] {0}))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void an_instant_is_cut_to_microseconds_before_and_after_1970() {
    var codec = codec(Timed.class);
    for (long second : new long[] {-1_000_000, 0, 1_000_000}) {
      var found = codec.decode(codec.encode(new Timed(Instant.ofEpochSecond(second, 123_456_789))));
      assertThat(found).isEqualTo(new Timed(Instant.ofEpochSecond(second, 123_456_000)));
    }
  }

  @Test
  void a_time_or_date_outside_the_schema_is_refused_instead_of_changed() {
    assertThatThrownBy(() -> codec(Timed.class).encode(new Timed(Instant.MAX)))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("at: long overflow");
    assertThatThrownBy(() -> codec(Dated.class).encode(new Dated(LocalDate.MAX)))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("day: integer overflow");
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless domain may do
  void null_where_the_schema_has_none_is_refused_with_the_path() {
    var tree = new Tree("root", List.of(new Tree(null, List.of())));
    assertThatThrownBy(() -> codec(Tree.class).encode(tree))
        .isInstanceOf(UnwritableRecordException.class)
        .hasMessageContaining("children.name: null where the schema has no null");
  }

  @Test
  void a_record_that_holds_itself_comes_back() {
    var tree = new Tree("root", List.of(new Tree("a", List.of()), new Tree("b", List.of())));
    var codec = codec(Tree.class);
    assertThat(codec.decode(codec.encode(tree))).isEqualTo(tree);
  }

  @Test
  void a_sealed_interface_is_written_as_the_union_of_its_records() {
    var codec = codec(Choice.class);
    assertThat(codec.decode(codec.encode(new Left(7)))).isEqualTo(new Left(7));
    assertThat(codec.decode(codec.encode(new Right("x")))).isEqualTo(new Right("x"));
  }

  @Test
  void bytes_that_end_too_early_or_too_late_are_refused() {
    var codec = codec(Named.class);
    var bytes = codec.encode(new Named("lamp"));
    assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("the bytes end before the record does");
    assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 2)))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("2 bytes are left after the record");
  }

  @Test
  void a_length_beyond_the_bytes_takes_no_memory() {
    var twoGigabytes = new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0e};
    assertThatThrownBy(() -> codec(Named.class).decode(twoGigabytes))
        .isInstanceOf(UnreadableRecordException.class);
  }

  @Test
  void a_depth_beyond_the_stack_is_refused() {
    var bytes = new byte[400_000];
    for (int index = 0; index < bytes.length; index += 2) {
      bytes[index + 1] = 2;
    }
    assertThatThrownBy(() -> codec(Tree.class).decode(bytes))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("deep");
  }

  @Test
  void values_that_the_constructor_refuses_are_unreadable_with_its_words() {
    var minusOne = new byte[] {1};
    assertThatThrownBy(() -> codec(Picky.class).decode(minusOne))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("size: from 0 is wanted, found -1");
  }

  record Evolved(String title, long number, Mood mood, @Nullable String added, List<String> tags) {
    enum Mood {
      UNKNOWN,
      GLAD
    }
  }

  @Test
  void what_an_older_schema_wrote_is_read_by_defaults_aliases_and_promotion() throws Exception {
    var older =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Evolved", "namespace": "test", "fields": [
                  {"name": "gone", "type": "string"},
                  {"name": "mood", "type": {"type": "enum", "name": "Mood", "symbols": ["SAD"]}},
                  {"name": "number", "type": "int"},
                  {"name": "name", "type": "string"}]}
                """);
    var newer =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Evolved", "namespace": "test", "fields": [
                  {"name": "title", "type": "string", "aliases": ["name"]},
                  {"name": "number", "type": "long"},
                  {"name": "mood", "type": {"type": "enum", "name": "Mood",
                    "symbols": ["UNKNOWN", "GLAD"], "default": "UNKNOWN"}},
                  {"name": "added", "type": ["null", "string"], "default": null},
                  {"name": "tags", "type": {"type": "array", "items": "string"}, "default": ["old"]}
                ]}
                """);
    var stored = new GenericData.Record(older);
    stored.put("gone", "x");
    stored.put("mood", new GenericData.EnumSymbol(older.getField("mood").schema(), "SAD"));
    stored.put("number", 7);
    stored.put("name", "lamp");

    var found = RecordCodec.of(Evolved.class, newer).decode(older, bytes(older, stored), 0);

    assertThat(found).isEqualTo(new Evolved("lamp", 7, Evolved.Mood.UNKNOWN, null, List.of("old")));
  }

  @Test
  void a_decimal_of_another_scale_is_refused_instead_of_becoming_another_number() throws Exception {
    var scale4 =
        new Schema.Parser()
            .parse(
                RecordSchemas.schemaOf(Priced.class, "test")
                    .toString()
                    .replace("\"scale\":2", "\"scale\":4"));
    var foreign = RecordCodec.of(Priced.class, scale4).encode(new Priced(new BigDecimal("1.5")));
    assertThatThrownBy(() -> codec(Priced.class).decode(scale4, foreign, 0))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining("field price: written as decimal(18, 4), read as decimal(18, 2)");
  }

  @Test
  void lists_that_were_read_do_not_change() {
    var codec = codec(Tree.class);
    var found = codec.decode(codec.encode(new Tree("root", List.of())));
    assertThatThrownBy(() -> found.children().add(found))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static byte[] bytes(Schema schema, Object value) throws java.io.IOException {
    var out = new java.io.ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
