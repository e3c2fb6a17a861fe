package dev.foldstream.topology.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads documents, YAML or JSON, and finds everything that is wrong with their shape. */
public final class TopologyReader {

  /**
   * Reads one.
   *
   * @param mediaType {@code application/json}, {@code application/yaml}, or one that ends in {@code
   *     +json} or {@code +yaml}; parameters do not matter
   */
  public Result<TopologyDocument> read(String text, String mediaType) {
    if (!known(mediaType)) {
      return faulty(
          Fault.at(
              "",
              "wanted a document in YAML or JSON; found " + mediaType,
              "send it as application/yaml or application/json"));
    }
    var parsed = TextTree.parse(text);
    if (!parsed.faults().isEmpty()) {
      return new Result.Faulty<>(parsed.faults());
    }
    if (!(parsed.root() instanceof ObjectNode root)) {
      return faulty(Fault.at("", "wanted an object with foldstream, name, sources and sinks"));
    }
    var faults = new ArrayList<>(SchemaCheck.check(root, parsed.raw()));
    if (faults.isEmpty()) {
      oneNameForOneThing(root, faults);
    }
    return faults.isEmpty()
        ? new Result.Good<>(document(root, parsed.lines()))
        : new Result.Faulty<>(
            faults.stream().map(fault -> located(fault, parsed.lines())).toList());
  }

  /** A text as an object, for those who only look into it; empty when it is none. */
  public static Optional<ObjectNode> object(String text) {
    var parsed = TextTree.parse(text);
    return parsed.faults().isEmpty() && parsed.root() instanceof ObjectNode root
        ? Optional.of(root)
        : Optional.empty();
  }

  private static boolean known(String mediaType) {
    String type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.endsWith("json") || type.endsWith("yaml") || type.endsWith("yml");
  }

  private static Result<TopologyDocument> faulty(Fault fault) {
    return new Result.Faulty<>(List.of(fault));
  }

  private static Fault located(Fault fault, Map<String, Integer> lines) {
    return fault.onLine(lines.get(fault.pointer()));
  }

  private static void oneNameForOneThing(ObjectNode root, List<Fault> faults) {
    var names = new LinkedHashSet<String>();
    for (String group : List.of("sources", "steps", "sinks")) {
      for (var entry : root.path(group).properties()) {
        if (!names.add(entry.getKey())) {
          faults.add(
              Fault.at(
                  Pointers.of(group, entry.getKey()),
                  "%s names something else already".formatted(entry.getKey()),
                  "sources, steps and sinks have names of their own"));
        }
      }
    }
  }

  private static TopologyDocument document(ObjectNode root, Map<String, Integer> lines) {
    return new TopologyDocument(
        Binding.text(root, "name"),
        Binding.textOrNull(root, "description"),
        Binding.named(root.path("sources"), Binding::source),
        Binding.named(root.path("steps"), StepBinding::step),
        Binding.named(root.path("sinks"), Binding::sink),
        root.toString(),
        Map.copyOf(lines));
  }
}
