package dev.foldstream.topology.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A YAML text, which JSON is too, as a tree that knows where everything stands. */
final class TextTree {

  /** Of a document; far more than any that a person can read. */
  static final int MAX_CHARACTERS = 256 * 1024;

  private static final int MAX_DEPTH = 20;
  private static final int MAX_NODES = 20_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, String> raw = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private int nodes;

  private TextTree() {}

  /**
   * A text that could be parsed.
   *
   * @param raw scalars that are no strings, as they were written
   */
  record Parsed(
      JsonNode root, Map<String, Integer> lines, Map<String, String> raw, List<Fault> faults) {}

  static Parsed parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      return broken(
          1, "wanted at most %d characters; found %d".formatted(MAX_CHARACTERS, text.length()));
    }
    try {
      var options = new LoaderOptions();
      options.setCodePointLimit(MAX_CHARACTERS);
      options.setNestingDepthLimit(MAX_DEPTH);
      options.setProcessComments(false);
      @Nullable Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (root == null) {
        return broken(1, "the document is empty");
      }
      var tree = new TextTree();
      var json = tree.read(root, "");
      return new Parsed(json, tree.lines, tree.raw, tree.faults);
    } catch (MarkedYAMLException fault) {
      var mark = fault.getProblemMark();
      return broken(
          mark == null ? 1 : mark.getLine() + 1,
          "not YAML or JSON: %s%s"
              .formatted(
                  fault.getProblem(), mark == null ? "" : ", at column " + (mark.getColumn() + 1)));
    } catch (YAMLException fault) {
      return broken(1, "not YAML or JSON: " + fault.getMessage());
    }
  }

  private static Parsed broken(int line, String message) {
    return new Parsed(
        NODES.objectNode(), Map.of(), Map.of(), List.of(Fault.at("", message).onLine(line)));
  }

  private JsonNode read(Node node, String pointer) {
    lines.putIfAbsent(pointer, node.getStartMark().getLine() + 1);
    if (++nodes > MAX_NODES) {
      throw new YAMLException(
          "wanted at most %d values, aliases counted as often as they are used"
              .formatted(MAX_NODES));
    }
    return switch (node) {
      case MappingNode mapping -> mapping(mapping, pointer);
      case SequenceNode sequence -> {
        var array = NODES.arrayNode();
        for (int i = 0; i < sequence.getValue().size(); i++) {
          array.add(read(sequence.getValue().get(i), Pointers.child(pointer, i)));
        }
        yield array;
      }
      case ScalarNode scalar -> scalar(scalar, pointer);
      default -> NODES.nullNode();
    };
  }

  private JsonNode mapping(MappingNode mapping, String pointer) {
    var values = new LinkedHashMap<String, JsonNode>();
    for (var tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        faults.add(
            Fault.at(pointer, "the name of a field is a plain text")
                .onLine(tuple.getKeyNode().getStartMark().getLine() + 1));
        continue;
      }
      String child = Pointers.child(pointer, name.getValue());
      lines.put(child, name.getStartMark().getLine() + 1);
      if (values.containsKey(name.getValue())) {
        faults.add(
            Fault.at(child, "%s is given twice".formatted(name.getValue()))
                .onLine(name.getStartMark().getLine() + 1));
      }
      values.put(name.getValue(), read(tuple.getValueNode(), child));
    }
    var object = NODES.objectNode();
    values.forEach(object::set);
    return object;
  }

  private JsonNode scalar(ScalarNode scalar, String pointer) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)) {
      return NODES.textNode(text);
    }
    raw.put(pointer, text);
    try {
      if (tag.equals(Tag.INT)) {
        return NODES.numberNode(new BigInteger(text));
      }
      if (tag.equals(Tag.FLOAT)) {
        return NODES.numberNode(new BigDecimal(text));
      }
    } catch (NumberFormatException _) {
      return NODES.textNode(text);
    }
    if (tag.equals(Tag.BOOL)) {
      return NODES.booleanNode(text.equalsIgnoreCase("true"));
    }
    return tag.equals(Tag.NULL) ? NODES.nullNode() : NODES.textNode(text);
  }
}
