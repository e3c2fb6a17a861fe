package dev.foldstream.eventstore.counter;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.schemas.files.SchemaNames;
import dev.foldstream.schemas.types.RecordTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A domain with one aggregate, {@value #COUNTER}. Each has a name of its own, and so topics and
 * schema files of its own, which it lays onto the test class path.
 */
public record CounterDomain(String name, int stateVersion, List<Feature> more) implements Domain {

  public static final String COUNTER = "counter";

  private static final Path CLASSES = Path.of("target", "test-classes");

  public CounterDomain(String name, int stateVersion) {
    this(name, stateVersion, List.of());
  }

  public static CounterDomain fresh() {
    String name = "d" + UUID.randomUUID().toString().substring(0, 8);
    for (Class<?> type : List.of(CounterCommand.class, CounterEvent.class)) {
      RecordTypes.permitted(type).forEach(record -> lay(name, COUNTER, record));
    }
    return new CounterDomain(name, 1);
  }

  public CounterDomain withStateVersion(int version) {
    return new CounterDomain(name, version, more);
  }

  /** The same domain with a process beside the counter. */
  public CounterDomain with(Feature.Process<?, ?, ?> process) {
    RecordTypes.permitted(process.progress()).forEach(record -> lay(name, process.name(), record));
    return new CounterDomain(name, stateVersion, List.of(process));
  }

  public Feature.Aggregate<CounterCommand, Counter, CounterEvent> counter() {
    return Feature.Aggregate.of(
            COUNTER, CounterCommand.class, Counter.class, CounterEvent.class, new CounterDecider())
        .stateVersion(stateVersion);
  }

  @Override
  public List<Feature> features() {
    var features = new ArrayList<Feature>();
    features.add(counter());
    features.addAll(more);
    return features;
  }

  private static void lay(String domain, String feature, Class<?> record) {
    var schema = RecordSchemas.schemaOf(record, SchemaNames.namespace(domain, feature));
    Path file = CLASSES.resolve(SchemaNames.path(SchemaNames.folder(domain, feature), record));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, schema.toString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
