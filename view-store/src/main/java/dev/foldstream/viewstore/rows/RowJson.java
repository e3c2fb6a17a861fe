package dev.foldstream.viewstore.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.ViewColumnType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows and their nested values as JSON, in the form callers see: decimals as exact texts. */
public final class RowJson {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final TypeReference<TreeMap<String, String>> FACTS = new TypeReference<>() {};
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

  private final RowShape shape;
  private final List<Type> types;

  public RowJson(RowShape shape) {
    this.shape = shape;
    this.types =
        Arrays.stream(shape.type().getRecordComponents())
            .map(RecordComponent::getGenericType)
            .toList();
  }

  /** A nested value as JSON text. */
  public String text(Object value) {
    return NestedValues.write(value).toString();
  }

  /** The row with nested values given as JSON text, all others as they are. */
  public Record create(@Nullable Object[] values) {
    @Nullable Object[] whole = values.clone();
    for (int column = 0; column < whole.length; column++) {
      if (whole[column] instanceof String json
          && shape.columns().get(column).type() == ViewColumnType.JSON) {
        whole[column] = NestedValues.read(tree(json), types.get(column));
      }
    }
    return shape.create(whole);
  }

  /** Adds each column to the object, null ones too. */
  public void write(Record row, ObjectNode into) {
    for (int column = 0; column < shape.columns().size(); column++) {
      into.set(shape.columns().get(column).name(), NestedValues.write(shape.value(row, column)));
    }
  }

  /** The row in this object; other members are passed over. */
  public Record read(JsonNode from) {
    @Nullable Object[] values = new @Nullable Object[types.size()];
    for (int column = 0; column < values.length; column++) {
      JsonNode value = from.get(shape.columns().get(column).name());
      values[column] = value == null ? null : NestedValues.read(value, types.get(column));
    }
    return shape.create(values);
  }

  /** Parses a text that a store gave back. */
  public static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a store gave back what is not JSON: " + e.getMessage(), e);
    }
  }

  /** A declaration as text. */
  public static String facts(SortedMap<String, String> declaration) {
    return MAPPER.valueToTree(declaration).toString();
  }

  /** The declaration in this text. */
  public static SortedMap<String, String> facts(String json) {
    try {
      return MAPPER.readValue(json, FACTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a store gave back no declaration: " + e.getMessage(), e);
    }
  }

  /** Texts as one text. */
  public static String texts(Collection<String> texts) {
    return MAPPER.valueToTree(texts).toString();
  }

  /** The texts in this text. */
  public static List<String> texts(String json) {
    try {
      return MAPPER.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a store gave back no list of texts: " + e.getMessage(), e);
    }
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }
}
