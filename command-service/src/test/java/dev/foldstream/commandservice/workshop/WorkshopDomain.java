package dev.foldstream.commandservice.workshop;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.schemas.files.SchemaNames;
import dev.foldstream.schemas.types.RecordTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A domain whose code is replaced while the process runs, as a release would. */
public final class WorkshopDomain implements Domain {

  public static final String NAME = "workshop";
  public static final String TOOL = "tool";

  private static final int MOST = 100;

  private static volatile boolean broken = true;
  private static volatile int stateVersion = 1;
  private static volatile CountDownLatch folding = new CountDownLatch(0);

  /** Lays the schema files onto the test class path. */
  public WorkshopDomain() {
    for (Class<?> type : List.of(ToolCommand.class, ToolEvent.class)) {
      RecordTypes.permitted(type).forEach(WorkshopDomain::lay);
    }
  }

  public static void breakDown() {
    broken = true;
  }

  public static void mend() {
    broken = false;
  }

  static boolean broken() {
    return broken;
  }

  /** The next start has another meaning of state, whose fold waits until it is released. */
  public static CountDownLatch release(int version) {
    stateVersion = version;
    folding = new CountDownLatch(1);
    return folding;
  }

  static void awaitRelease() {
    try {
      folding.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the fold was stopped", stopped);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Feature> features() {
    return List.of(
        Feature.Aggregate.of(
                TOOL,
                ToolCommand.class,
                Tool.class,
                ToolEvent.class,
                new ToolDecider(MOST, stateVersion))
            .stateVersion(stateVersion));
  }

  /** One that counts every use twice. */
  @Override
  public Map<String, Feature.Aggregate<?, ?, ?>> candidates() {
    return Map.of(
        "twice",
        Feature.Aggregate.of(
            TOOL, ToolCommand.class, Tool.class, ToolEvent.class, new ToolDecider(MOST, 2)));
  }

  private static void lay(Class<?> record) {
    var schema = RecordSchemas.schemaOf(record, SchemaNames.namespace(NAME, TOOL));
    Path file =
        Path.of("target", "test-classes")
            .resolve(SchemaNames.path(SchemaNames.folder(NAME, TOOL), record));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, schema.toString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
