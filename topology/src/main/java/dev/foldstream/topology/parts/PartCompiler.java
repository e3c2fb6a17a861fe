package dev.foldstream.topology.parts;

import dev.foldstream.topology.build.PartStreams;
import dev.foldstream.topology.build.Surroundings;
import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.document.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.kafka.streams.errors.TopologyException;

/** Topologies written in Java, in the same form as those of documents. */
public final class PartCompiler {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,49}");

  private PartCompiler() {}

  /** All parts on the class path. */
  public static List<TopologyPart> found(ClassLoader loader) {
    return ServiceLoader.load(TopologyPart.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** A part that can be run, or everything that is wrong with it; pointers name its topics. */
  public static Result<Compiled> compile(TopologyPart part, Catalog catalog) {
    var faults = new ArrayList<Fault>();
    var schemas = new LinkedHashMap<String, List<Schema>>();
    var partitions = new LinkedHashMap<String, Integer>();
    if (!NAME.matcher(part.name()).matches()) {
      faults.add(
          Fault.at(
              "/name",
              "a part's name has lower-case letters, digits and dashes, at most 50; found '%s'"
                  .formatted(part.name())));
    }
    reads(part, catalog, schemas, partitions, faults);
    outputs(part, catalog, partitions, faults);
    if (!faults.isEmpty()) {
      return new Result.Faulty<>(faults);
    }
    try {
      var streams = new PartStreams(part.name(), Surroundings.none(), Map.copyOf(schemas));
      part.addTo(new PartBuilder(streams));
      return new Result.Good<>(
          CompiledPart.of(part, streams, Map.copyOf(schemas), Map.copyOf(partitions)));
    } catch (TopologyException | IllegalArgumentException fault) {
      return new Result.Faulty<>(List.of(Fault.at("", String.valueOf(fault.getMessage()))));
    }
  }

  private static void reads(
      TopologyPart part,
      Catalog catalog,
      Map<String, List<Schema>> schemas,
      Map<String, Integer> partitions,
      List<Fault> faults) {
    for (String topic : part.reads()) {
      catalog
          .topic(topic)
          .ifPresentOrElse(
              found -> {
                schemas.put(topic, found.records());
                partitions.put(topic, found.partitions());
              },
              () ->
                  faults.add(
                      Fault.at(
                          "/reads/" + topic,
                          "there is no topic %s with registered Avro".formatted(topic),
                          Words.didYouMean(topic, catalog.topics()))));
    }
  }

  private static void outputs(
      TopologyPart part, Catalog catalog, Map<String, Integer> partitions, List<Fault> faults) {
    int most = partitions.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    part.writes()
        .forEach(
            (topic, records) -> {
              partitions.put(
                  topic, catalog.topic(topic).map(found -> found.partitions()).orElse(most));
              for (Schema record : records) {
                catalog
                    .incompatibility(topic + "-" + record.getFullName(), record)
                    .ifPresent(reason -> faults.add(Fault.at("/writes/" + topic, reason)));
              }
            });
  }
}
