package dev.foldstream.schemas.rows;

import dev.foldstream.schemas.types.UnsupportedTypeException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * A record class made of an Avro schema at run time, for rows that no class of a domain describes:
 * its components are the fields, in their order, with the types that {@link
 * dev.foldstream.schemas.codec.RecordSchemas} gives fields for. An enum becomes a text, a float a
 * double, and both kinds of timestamps an instant. For all threads.
 *
 * <p>Two classes of one schema are two classes: whoever compares rows keeps one.
 */
public final class RowClass {

  private final Class<? extends Record> type;
  private final Schema schema;
  private final RowLayout layout;

  private RowClass(Class<? extends Record> type, Schema schema, RowLayout layout) {
    this.type = type;
    this.schema = schema;
    this.layout = layout;
  }

  /**
   * A new class.
   *
   * @throws UnsupportedTypeException when a row cannot hold a field of the schema
   */
  public static RowClass of(Schema record) {
    var maker = new RowLayout.Maker();
    RowLayout layout = maker.layout(record, "");
    var loader = new RowLoader();
    Class<? extends Record> type = Record.class;
    for (RowLayout one : maker.all()) {
      type = loader.define(one);
      one.made(type);
    }
    return new RowClass(type, record, layout);
  }

  /** What is wrong with the fields of a record as columns, by field; nothing when it has rows. */
  public static Map<String, String> faults(Schema record) {
    var faults = new LinkedHashMap<String, String>();
    var columns = new LinkedHashMap<String, String>();
    for (Schema.Field field : record.getFields()) {
      try {
        var _ = new RowLayout.Maker().component(field, field.name());
      } catch (UnsupportedTypeException fault) {
        faults.put(field.name(), String.valueOf(fault.getMessage()));
      }
      String column = ColumnNames.of(field.name());
      String other = columns.putIfAbsent(column, field.name());
      if (ColumnNames.KEPT.contains(column)) {
        faults.put(
            field.name(),
            "%s would be the column %s, which every view has".formatted(field.name(), column));
      } else if (other != null) {
        faults.put(
            field.name(),
            "%s and %s would be one column, %s".formatted(other, field.name(), column));
      }
    }
    return faults;
  }

  public Class<? extends Record> type() {
    return type;
  }

  public Schema schema() {
    return schema;
  }

  /**
   * A row of a record that was read without conversions of logical types.
   *
   * @throws IllegalArgumentException when the record is not of this schema
   */
  public Record row(GenericRecord record) {
    return layout.build(record);
  }
}
