package dev.foldstream.schemas.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses a JSON text into a tree within the limits, keeping decimals exact. */
final class JsonTree {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(RecordJson.MAX_NUMBER_CHARACTERS)
                  .maxStringLength(RecordJson.MAX_BYTES)
                  .build())
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  static JsonNode parse(byte[] text) {
    if (text.length > RecordJson.MAX_BYTES) {
      throw fault(
          "", "wanted at most %d bytes; found %d".formatted(RecordJson.MAX_BYTES, text.length));
    }
    try (var parser = JSON.createParser(text)) {
      var tree = new JsonTree(parser);
      var node = tree.value(parser.nextToken(), "", 0);
      if (parser.nextToken() != null) {
        throw tree.malformed("more text after the end of the value");
      }
      return node;
    } catch (StreamConstraintsException fault) {
      throw malformed(
          fault,
          "a number has more than "
              + RecordJson.MAX_NUMBER_CHARACTERS
              + " characters, or a name is too long");
    } catch (JsonEOFException fault) {
      throw malformed(fault, "the text ends too early");
    } catch (JsonProcessingException fault) {
      throw malformed(fault, "unexpected character");
    } catch (IOException _) {
      throw fault("", "not JSON: the text is not UTF-8");
    }
  }

  private JsonNode value(@Nullable JsonToken token, String pointer, int depth) throws IOException {
    if (depth > RecordJson.MAX_DEPTH) {
      throw fault(pointer, "wanted at most %d levels".formatted(RecordJson.MAX_DEPTH));
    }
    return switch (token) {
      case null -> throw malformed("the text is empty");
      case START_OBJECT -> object(pointer, depth);
      case START_ARRAY -> array(pointer, depth);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw malformed("unexpected character");
    };
  }

  private ObjectNode object(String pointer, int depth) throws IOException {
    var object = NODES.objectNode();
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      var at = Pointers.child(pointer, name);
      if (object.has(name)) {
        throw fault(at, "the field is there twice");
      }
      object.set(name, value(parser.nextToken(), at, depth + 1));
    }
    return object;
  }

  private ArrayNode array(String pointer, int depth) throws IOException {
    var array = NODES.arrayNode();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      array.add(value(token, Pointers.child(pointer, array.size()), depth + 1));
    }
    return array;
  }

  private InvalidJsonException malformed(String what) {
    var at = parser.currentLocation();
    return malformed(at.getLineNr(), at.getColumnNr(), what);
  }

  private static InvalidJsonException malformed(JsonProcessingException fault, String what) {
    var at = fault.getLocation();
    return at == null ? malformed(1, 1, what) : malformed(at.getLineNr(), at.getColumnNr(), what);
  }

  private static InvalidJsonException malformed(int line, int column, String what) {
    return new InvalidJsonException(
        List.of(
            new JsonFault("", "not JSON at line %d, column %d: %s".formatted(line, column, what))),
        true);
  }

  private static InvalidJsonException fault(String pointer, String detail) {
    return new InvalidJsonException(List.of(new JsonFault(pointer, detail)), false);
  }
}
