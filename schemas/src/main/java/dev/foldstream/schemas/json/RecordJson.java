package dev.foldstream.schemas.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.types.ValueType;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON, both ways. For all threads.
 *
 * <p>Names are those of the components. Decimals come in as numbers or strings and go out as exact
 * strings; times are ISO-8601 in UTC, cut to microseconds; a value of a sealed interface inside a
 * record carries the simple name of its record as {@code type}. A component that may be null may be
 * left out; a field that the record does not have is refused. Precision and scale of decimals are
 * those of the record's schema file, or 18 and 2.
 */
public final class RecordJson {

  /** The longest text that is read. */
  public static final int MAX_BYTES = 1 << 20;

  /** How deep objects and arrays may lie in each other. */
  public static final int MAX_DEPTH = 64;

  /** How many faults are collected from one text. */
  public static final int MAX_FAULTS = 100;

  /** How long a number may be. */
  public static final int MAX_NUMBER_CHARACTERS = 100;

  /** The member that says which record a value of a sealed interface is. */
  public static final String TYPE = "type";

  private static final JsonFactory JSON = new JsonFactory();

  private final @Nullable SchemaFiles files;

  /** For records without schema files, such as the rows of views. */
  public RecordJson() {
    this(null);
  }

  /** With the precision, scale and documentation of these files. */
  public RecordJson(@Nullable SchemaFiles files) {
    this.files = files;
  }

  /**
   * Reads a text.
   *
   * @throws InvalidJsonException with every fault
   */
  public <T> T read(byte[] json, Class<T> type) {
    return read(tree(json), type, "");
  }

  /**
   * Reads a part of a larger text.
   *
   * @param basePointer where the part lies in the text; faults are named from there
   * @throws InvalidJsonException with every fault
   */
  public <T> T read(JsonNode json, Class<T> type, String basePointer) {
    var reading = new JsonReading(this::schema);
    var value = reading.read(ValueType.of(type), json, basePointer);
    if (!reading.faults().isEmpty() || value == null) {
      throw new InvalidJsonException(reading.faults(), false);
    }
    return type.cast(value);
  }

  /**
   * Parses a text within the limits and with exact decimals.
   *
   * @throws InvalidJsonException with one fault
   */
  public JsonNode tree(byte[] json) {
    return JsonTree.parse(json);
  }

  /** Writes a record, a value that a component may have, or a list or map of them. */
  public void write(@Nullable Object value, JsonGenerator out) throws IOException {
    JsonWriting.write(value, out);
  }

  /** Writes a record's components as fields of the object that is being written. */
  public void writeFields(Record record, JsonGenerator out) throws IOException {
    JsonWriting.writeFields(record, out);
  }

  /** Writes a value of a declared type: one of a sealed interface carries its {@code type}. */
  public void write(Object value, Class<?> declared, JsonGenerator out) throws IOException {
    JsonWriting.write(value, ValueType.of(declared), out);
  }

  public String text(Object value) {
    var text = new StringWriter();
    try (var out = JSON.createGenerator(text)) {
      write(value, out);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
    return text.toString();
  }

  /** The JSON Schema (2020-12) of what {@link #read} takes; it stands alone. */
  public ObjectNode jsonSchema(Class<?> type) {
    return new JsonSchemas(this::schema).document(type);
  }

  private Optional<Schema> schema(Class<?> record) {
    return files == null ? Optional.empty() : files.find(record);
  }
}
