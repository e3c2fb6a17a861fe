package dev.foldstream.topology.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.topology.build.DropReason;
import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.build.ScratchRegistry;
import dev.foldstream.topology.build.Wire;
import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.compile.TopologyCompiler;
import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.document.TopologyReader;
import dev.foldstream.topology.expressions.AvroJsonReader;
import dev.foldstream.topology.preview.Preview;
import dev.foldstream.topology.preview.PreviewBounds;
import dev.foldstream.topology.preview.PreviewRecord;
import dev.foldstream.topology.preview.PreviewReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Given records, then records and nothing more. Every field counts, the order within a sink counts,
 * and a record that was set aside has to be expected too.
 */
public final class TopologySpec {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PreviewBounds BOUNDS =
      new PreviewBounds(100_000, java.time.Duration.ofMinutes(1), 100_000, 100_000);

  private final Compiled compiled;
  private final Catalog catalog;
  private final Map<String, Map<String, String>> views = new HashMap<>();

  private TopologySpec(Compiled compiled, Catalog catalog) {
    this.compiled = compiled;
    this.catalog = catalog;
  }

  /** Of a document in YAML or JSON; it fails when anything is wrong with it. */
  public static TopologySpec of(String document, Catalog catalog) {
    var read = new TopologyReader().read(document, "application/yaml");
    var compiled =
        switch (read) {
          case Result.Faulty<?>(var faults) -> throw new AssertionError("faults: " + faults);
          case Result.Good<dev.foldstream.topology.document.TopologyDocument>(var good) ->
              new TopologyCompiler().compile(good, catalog);
        };
    return switch (compiled) {
      case Result.Faulty<Compiled>(var faults) -> throw new AssertionError("faults: " + faults);
      case Result.Good<Compiled>(var good) -> of(good, catalog);
    };
  }

  public static TopologySpec of(Compiled compiled, Catalog catalog) {
    return new TopologySpec(compiled, catalog);
  }

  /** A row that {@code enrich} finds. */
  public TopologySpec withRow(String view, String key, String json) {
    views.computeIfAbsent(view, _ -> new HashMap<>()).put(key, json);
    return this;
  }

  /** What the topology makes of the records, in their order. */
  public Outcome given(SpecRecord... records) {
    var registry = ScratchRegistry.alone();
    var inputs = new ArrayList<PreviewRecord>();
    var offsets = new HashMap<String, Long>();
    for (SpecRecord record : records) {
      long offset = offsets.merge(record.on(), 0L, (before, _) -> before + 1);
      inputs.add(input(record, offset, registry));
    }
    var preview = new Preview(registry, this::row);
    return new Outcome(preview.run(compiled, inputs, BOUNDS));
  }

  private PreviewRecord input(SpecRecord record, long offset, ScratchRegistry registry) {
    var at = record.at() == null ? Instant.EPOCH : record.at();
    var pointer = new RecordPointer(record.on(), 0, offset);
    var headers = new LinkedHashMap<String, String>();
    headers.put(HeaderNames.ID, "given:" + record.on() + ":" + offset);
    headers.put(HeaderNames.TIME, at.toString());
    byte[] value = null;
    if (record.json() != null) {
      Schema schema = schema(record);
      headers.put(HeaderNames.TYPE, schema.getFullName());
      var read = AvroJsonReader.read(schema, json(record.json()));
      value = new Wire(registry, List.of()).write(record.on(), read);
    }
    return new PreviewRecord(
        pointer, at.toEpochMilli(), record.key(), value, List.copyOf(headers.entrySet()));
  }

  private Schema schema(SpecRecord record) {
    var topic =
        catalog
            .topic(record.on())
            .orElseThrow(() -> new AssertionError("there is no topic " + record.on()));
    return topic.records().stream()
        .filter(
            schema ->
                record.type() == null
                    || schema.getName().equals(record.type())
                    || schema.getFullName().equals(record.type()))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("%s has no %s".formatted(record.on(), record.type())));
  }

  private java.util.Optional<org.apache.avro.generic.GenericRecord> row(String view, String key) {
    String json = views.getOrDefault(view, Map.of()).get(key);
    return json == null
        ? java.util.Optional.empty()
        : catalog.view(view).map(schema -> AvroJsonReader.read(schema, json(json)));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException fault) {
      throw new AssertionError("not JSON: " + text, fault);
    }
  }

  /** What came of what was given. */
  public static final class Outcome {
    private final PreviewReport report;
    private int failures;

    private Outcome(PreviewReport report) {
      this.report = report;
    }

    public PreviewReport report() {
      return report;
    }

    /** That so many records were set aside by a step; to be said before {@code then}. */
    public Outcome failing(String step, int count) {
      long found = report.failures().stream().filter(f -> f.step().equals(step)).count();
      if (found != count) {
        throw new AssertionError(
            "wanted %d records set aside by %s; found %s"
                .formatted(count, step, report.failures()));
      }
      failures += count;
      return this;
    }

    /** That so many records went no further at a step. */
    public Outcome dropping(String step, DropReason reason, long count) {
      var counts = report.steps().get(step);
      long found = counts == null ? 0 : counts.dropped().getOrDefault(reason, 0L);
      if (found != count) {
        throw new AssertionError(
            "wanted %d records dropped by %s (%s); found %s"
                .formatted(count, step, reason, report.dropped()));
      }
      return this;
    }

    /** That exactly these records come out, in this order in each sink. */
    public Outcome then(SpecRecord... expected) {
      if (report.failures().size() > failures) {
        throw new AssertionError("records were set aside: " + report.failures());
      }
      var wanted = new LinkedHashMap<String, List<String>>();
      var found = new LinkedHashMap<String, List<String>>();
      report.outputs().keySet().forEach(sink -> wanted.put(sink, new ArrayList<>()));
      for (SpecRecord record : expected) {
        wanted
            .computeIfAbsent(record.on(), _ -> new ArrayList<>())
            .add(line(record.key(), record.json(), record.at()));
      }
      var timed = java.util.Arrays.stream(expected).anyMatch(one -> one.at() != null);
      report
          .outputs()
          .forEach(
              (sink, records) ->
                  found.put(
                      sink,
                      records.stream()
                          .map(
                              one ->
                                  line(
                                      one.key(),
                                      one.json(),
                                      timed ? Instant.ofEpochMilli(one.timestampMillis()) : null))
                          .toList()));
      if (!wanted.equals(found)) {
        throw new AssertionError(
            "wanted exactly%n%s%nfound%n%s".formatted(lines(wanted), lines(found)));
      }
      return this;
    }

    private static String line(@Nullable String key, @Nullable String json, @Nullable Instant at) {
      return "%s%s %s"
          .formatted(
              key, at == null ? "" : " " + at, json == null ? "nothing" : sorted(json(json)));
    }

    /** Fields are compared by name, whatever their order. */
    private static String sorted(JsonNode node) {
      try {
        return new ObjectMapper()
            .configure(
                com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
            .writeValueAsString(JSON.treeToValue(node, Object.class));
      } catch (JsonProcessingException fault) {
        throw new AssertionError(fault);
      }
    }

    private static String lines(Map<String, List<String>> bySink) {
      var lines = new StringBuilder();
      bySink.forEach(
          (sink, records) -> {
            lines.append("  ").append(sink).append('\n');
            records.forEach(one -> lines.append("    ").append(one).append('\n'));
          });
      return lines.toString();
    }
  }
}
