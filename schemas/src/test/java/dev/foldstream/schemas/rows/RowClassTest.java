package dev.foldstream.schemas.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.types.UnsupportedTypeException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowClassTest {

  private static final Schema SALES =
      schema(
          """
          {"type": "record", "name": "Sales", "namespace": "shop", "fields": [
            {"name": "sku", "type": "string"},
            {"name": "pieces", "type": ["null", "long"]},
            {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 2}},
            {"name": "begin", "type": {"type": "long", "logicalType": "timestamp-millis"}},
            {"name": "end", "type": {"type": "long", "logicalType": "timestamp-micros"}},
            {"name": "day", "type": {"type": "int", "logicalType": "date"}},
            {"name": "share", "type": "float"},
            {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["NEW", "USED"]}},
            {"name": "tags", "type": {"type": "array", "items": "string"}},
            {"name": "by", "type": {"type": "map", "values": "int"}},
            {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
              {"name": "quantity", "type": "int"}]}}}]}
          """);

  private static Schema schema(String json) {
    return new Schema.Parser().parse(json);
  }

  private static GenericData.Record sales(@Nullable Object pieces) {
    var line = SALES.getField("lines").schema().getElementType();
    return new GenericRecordBuilder(SALES)
        .set("sku", new org.apache.avro.util.Utf8("lamp"))
        .set("pieces", pieces)
        .set("amount", ByteBuffer.wrap(new BigDecimal("12.50").unscaledValue().toByteArray()))
        .set("begin", 1_000L)
        .set("end", 2_000_001L)
        .set("day", 1)
        .set("share", 0.5f)
        .set("kind", new GenericData.EnumSymbol(SALES.getField("kind").schema(), "USED"))
        .set("tags", List.of("a"))
        .set("by", Map.of("x", 1))
        .set("lines", List.of(new GenericRecordBuilder(line).set("quantity", 3).build()))
        .build();
  }

  @Test
  void aRecordClassHasTheFieldsAsComponents() {
    Class<?> type = RowClass.of(SALES).type();
    assertThat(type.isRecord()).isTrue();
    assertThat(type.getSimpleName()).isEqualTo("Sales");
    assertThat(
            Arrays.stream(type.getRecordComponents())
                .map(c -> c.getName() + " " + c.getGenericType().getTypeName()))
        .containsExactly(
            "sku java.lang.String",
            "pieces java.lang.Long",
            "amount java.math.BigDecimal",
            "begin java.time.Instant",
            "end java.time.Instant",
            "day java.time.LocalDate",
            "share java.lang.Double",
            "kind java.lang.String",
            "tags java.util.List<java.lang.String>",
            "by java.util.Map<java.lang.String, java.lang.Integer>",
            "lines java.util.List<rows.shop.Line>");
  }

  @Test
  void whatMayBeAbsentIsMarkedSo() {
    var components = RowClass.of(SALES).type().getRecordComponents();
    assertThat(components[0].getAnnotatedType().isAnnotationPresent(Nullable.class)).isFalse();
    assertThat(components[1].getAnnotatedType().isAnnotationPresent(Nullable.class)).isTrue();
  }

  @Test
  void aRowHasTheValuesOfTheRecord() throws ReflectiveOperationException {
    RowClass rows = RowClass.of(SALES);
    Record row = rows.row(sales(null));
    assertThat(row).isEqualTo(rows.row(sales(null))).hasSameHashCodeAs(rows.row(sales(null)));
    assertThat(row).isNotEqualTo(rows.row(sales(4L)));
    assertThat(new RecordJson().text(row))
        .isEqualTo(
            "{\"sku\":\"lamp\",\"pieces\":null,\"amount\":\"12.50\",\"begin\":\"%s\",\"end\":\"%s\",\"day\":\"%s\",\"share\":0.5,\"kind\":\"USED\",\"tags\":[\"a\"],\"by\":{\"x\":1},\"lines\":[{\"quantity\":3}]}"
                .formatted(
                    Instant.ofEpochSecond(1),
                    Instant.ofEpochSecond(2).plusNanos(1_000),
                    LocalDate.of(1970, 1, 2)));
    assertThat(row.getClass().getMethod("sku").invoke(row)).isEqualTo("lamp");
    assertThat(row.toString()).startsWith("Sales[sku=lamp, pieces=null");
  }

  @Test
  void aFieldThatIsNotThereIsAbsentOrAFault() {
    Schema older =
        schema(
            """
            {"type": "record", "name": "Sales", "namespace": "shop", "fields": [{"name": "sku", "type": "string"}]}
            """);
    var record = new GenericRecordBuilder(older).set("sku", "lamp").build();
    assertThatThrownBy(() -> RowClass.of(SALES).row(record))
        .hasMessage("shop.Sales has no field amount");
  }

  @Test
  void whatARowCannotHoldIsToldByField() {
    Schema record =
        schema(
            """
            {"type": "record", "name": "Odd", "fields": [
              {"name": "raw", "type": "bytes"},
              {"name": "either", "type": ["string", "int"]},
              {"name": "placedAt", "type": "string"},
              {"name": "placed_at", "type": "string"},
              {"name": "rowKey", "type": "string"},
              {"name": "hashCode", "type": "int"},
              {"name": "fine", "type": "string"}]}
            """);
    assertThat(RowClass.faults(record))
        .containsExactly(
            entry(
                "raw",
                "raw: wanted a value that a column can hold; found bytes that are no decimal"),
            entry("either", "either: wanted values of one type; found one of 2"),
            entry("placed_at", "placedAt and placed_at would be one column, placed_at"),
            entry("rowKey", "rowKey would be the column row_key, which every view has"),
            entry("hashCode", "hashCode: wanted another name than 'hashCode', which Java keeps"));
    assertThat(RowClass.faults(SALES)).isEmpty();
    assertThatThrownBy(() -> RowClass.of(record)).isInstanceOf(UnsupportedTypeException.class);
  }

  @Test
  void aRecordWithinItselfHasNoRow() {
    Schema tree =
        schema(
            """
            {"type": "record", "name": "Tree", "fields": [{"name": "below", "type": ["null", "Tree"]}]}
            """);
    assertThatThrownBy(() -> RowClass.of(tree)).hasMessageContaining("Tree within itself");
  }
}
