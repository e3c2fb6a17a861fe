package dev.foldstream.projector.projections;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.projector.projections.ProjectionAnswers.ProjectionAnswer;
import io.micronaut.http.sse.Event;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Looks once a second how all views are, while anybody watches, and tells all who do. When the host
 * is to end its streams end first, because it waits for answers that are under way.
 */
@Singleton
final class ProjectionChanges implements GracefulShutdownCapable {

  private static final Logger LOG = LoggerFactory.getLogger(ProjectionChanges.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);

  private final ProjectionReport report;
  private final JsonMapper json;
  private final int maxStreams;
  private final Set<ChangeStream> streams = ConcurrentHashMap.newKeySet();

  /** Guarded by the streams. */
  private boolean closed;

  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("projection-changes").factory());

  ProjectionChanges(ProjectionReport report, JsonMapper json, ChangesSettings settings) {
    this.report = report;
    this.json = json;
    this.maxStreams = settings.maxStreams();
    var _ =
        looking.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * @param only the address of the view to watch, or null for all
   */
  Flux<Event<String>> watch(@Nullable String only) {
    var stream = new ChangeStream(only);
    synchronized (streams) {
      if (streams.size() >= maxStreams) {
        throw new ProblemException(
                ProblemType.TOO_BUSY,
                "At most %d streams of changes are open at the same time (foldstream.projections.changes.max-streams); that many are"
                    .formatted(maxStreams))
            .retryAfter(TRY_AGAIN);
      }
      streams.add(stream);
      if (closed) {
        stream.close();
      }
    }
    return stream.flux().doFinally(end -> streams.remove(stream));
  }

  private void look() {
    if (streams.isEmpty()) {
      return;
    }
    try {
      Map<String, String> views = views();
      streams.removeIf(stream -> !stream.tell(views));
    } catch (RuntimeException | IOException bug) {
      LOG.error("Changes of projections were not told, and are looked for again", bug);
    }
  }

  private Map<String, String> views() throws IOException {
    var views = new LinkedHashMap<String, String>();
    for (ProjectionAnswer view : report.all()) {
      views.put(view.view(), json.writeValueAsString(view));
    }
    return views;
  }

  @Override
  public CompletionStage<?> shutdownGracefully() {
    close();
    return CompletableFuture.completedFuture(null);
  }

  @PreDestroy
  void close() {
    looking.shutdownNow();
    synchronized (streams) {
      closed = true;
      streams.forEach(ChangeStream::close);
    }
  }
}
