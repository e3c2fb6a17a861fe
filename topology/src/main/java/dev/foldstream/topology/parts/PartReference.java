package dev.foldstream.topology.parts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.document.TopologyReader;
import dev.foldstream.topology.plan.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text a part is registered with: {@code foldstream: part/1} and its {@code name}. What is
 * stored of it also says which code it was, so that other code under the same name is noticed. This
 * is a stored form.
 *
 * @param fingerprint of the code it was registered with; null in the text of a person
 */
public record PartReference(
    String name, @Nullable String description, int revision, @Nullable Fingerprint fingerprint) {

  public static final String FORM = "part/1";

  private static final String FINGERPRINT = "fingerprint";
  private static final String DESCRIPTION = "description";
  private static final String REVISION = "revision";
  private static final Set<String> FIELDS =
      Set.of("foldstream", "name", DESCRIPTION, REVISION, FINGERPRINT);
  private static final ObjectMapper JSON = new ObjectMapper();

  public static PartReference of(TopologyPart part, Fingerprint fingerprint) {
    return new PartReference(part.name(), part.description(), part.revision(), fingerprint);
  }

  /** Empty when the text is of a document, or of nothing that can be read. */
  public static Optional<Result<PartReference>> read(String text) {
    return TopologyReader.object(text)
        .filter(root -> root.path("foldstream").asText().equals(FORM))
        .map(PartReference::of);
  }

  private static Result<PartReference> of(ObjectNode root) {
    var faults = new ArrayList<Fault>();
    root.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                faults.add(
                    Fault.at(
                        "/" + field,
                        "a part has no field " + field,
                        "a part is registered with foldstream and name alone"));
              }
            });
    if (!root.path("name").isTextual()) {
      faults.add(Fault.at("/name", "wanted the name of a part; found " + root.path("name")));
    }
    if (!faults.isEmpty()) {
      return new Result.Faulty<>(faults);
    }
    try {
      return new Result.Good<>(
          new PartReference(
              root.path("name").asText(),
              root.path(DESCRIPTION).asText(null),
              root.path(REVISION).asInt(1),
              fingerprint(root.path(FINGERPRINT))));
    } catch (JsonProcessingException foreign) {
      return new Result.Faulty<>(
          List.of(Fault.at("/" + FINGERPRINT, "it is none: " + foreign.getOriginalMessage())));
    }
  }

  private static @Nullable Fingerprint fingerprint(JsonNode node) throws JsonProcessingException {
    return node.isObject() ? JSON.treeToValue(node, Fingerprint.class) : null;
  }

  /** The same code has the same text. */
  public String text() {
    var root = JSON.createObjectNode();
    root.put("foldstream", FORM);
    root.put("name", name);
    root.put(DESCRIPTION, description);
    root.put(REVISION, revision);
    Fingerprint code = fingerprint;
    if (code != null) {
      // In order of key, because the maps of a fingerprint have none.
      root.set(
          FINGERPRINT,
          JSON.createObjectNode()
              .put("whole", code.whole())
              .putPOJO("sources", new java.util.TreeMap<>(code.sources()))
              .putPOJO("states", new java.util.TreeMap<>(code.states()))
              .put("layout", code.layout())
              .putPOJO("outputs", new java.util.TreeMap<>(code.outputs())));
    }
    return root.toString();
  }
}
