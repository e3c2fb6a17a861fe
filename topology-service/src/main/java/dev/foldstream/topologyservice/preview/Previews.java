package dev.foldstream.topologyservice.preview;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.preview.Preview;
import dev.foldstream.topology.preview.PreviewBounds;
import dev.foldstream.topology.preview.PreviewRecord;
import dev.foldstream.topology.preview.PreviewReport;
import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.compiling.Sources;
import dev.foldstream.topologyservice.outside.KeptRows;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.settings.PreviewSettings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Runs previews, a few at once. */
@Singleton
public final class Previews {

  private static final int USUAL_RECORDS = 1_000;
  private static final int OUTPUTS = 200;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Compiling compiling;
  private final Samples samples;
  private final GivenRecords given;
  private final PreviewSettings settings;
  private final Semaphore places;
  private final Preview preview;

  Previews(
      Compiling compiling,
      Samples samples,
      GivenRecords given,
      PreviewSettings settings,
      SchemaRegistry registry,
      KeptRows rows) {
    this.compiling = compiling;
    this.samples = samples;
    this.given = given;
    this.settings = settings;
    this.places = new Semaphore(settings.atOnce());
    this.preview = new Preview(registry, rows);
  }

  /**
   * What came out.
   *
   * @param difference to the live version on the same records; null when there is none, or when it
   *     is the one that was tried
   */
  public record Result(
      Compiled compiled,
      int read,
      PreviewReport report,
      @Nullable Integer comparedWith,
      @Nullable Difference difference) {}

  /**
   * Tries a document, or the live version.
   *
   * @param entry null when nothing is registered under the name
   */
  public Result run(@Nullable Entry entry, PreviewRequest request, String mediaType) {
    if (!places.tryAcquire()) {
      throw new ProblemException(
              ProblemType.TOO_BUSY,
              "%d previews go on, which is the most (foldstream.topologies.preview.at-once)"
                  .formatted(settings.atOnce()))
          .retryAfter(RETRY_AFTER);
    }
    try {
      return tried(entry, request, mediaType);
    } finally {
      places.release();
    }
  }

  private Result tried(@Nullable Entry entry, PreviewRequest request, String mediaType) {
    StoredVersion live = entry == null ? null : entry.live();
    String document = request.document();
    Compiled compiled = compiled(document, mediaType, live);
    List<PreviewRecord> records =
        request.events().isEmpty()
            ? samples.read(Sources.topics(compiled), range(request), settings.within())
            : given.of(request.events());
    var bounds = new PreviewBounds(settings.records(), settings.within(), OUTPUTS, OUTPUTS);
    PreviewReport report = preview.run(compiled, records, bounds);
    if (document == null || live == null) {
      return new Result(compiled, records.size(), report, null, null);
    }
    PreviewReport before = preview.run(compiling.compiled(live), records, bounds);
    return new Result(
        compiled, records.size(), report, live.version(), Difference.between(before, report));
  }

  private Compiled compiled(
      @Nullable String document, String mediaType, @Nullable StoredVersion live) {
    if (document != null) {
      return compiling.compiled(document, mediaType);
    }
    if (live == null) {
      throw PreviewRequest.refused(
          "/document", "a document, because nothing is registered under this name", "none");
    }
    return compiling.compiled(live);
  }

  private Samples.Range range(PreviewRequest request) {
    Integer last = request.last();
    int wanted = last == null ? Math.min(USUAL_RECORDS, settings.records()) : last;
    if (wanted > settings.records()) {
      throw PreviewRequest.refused(
          "/last",
          "at most %d (foldstream.topologies.preview.records)".formatted(settings.records()),
          Integer.toString(wanted));
    }
    boolean ranged = request.from() != null && last == null;
    return new Samples.Range(ranged ? settings.records() : wanted, request.from(), request.to());
  }
}
