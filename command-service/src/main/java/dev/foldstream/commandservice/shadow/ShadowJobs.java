package dev.foldstream.commandservice.shadow;

import dev.foldstream.eventstore.decision.DeciderIdentity;
import dev.foldstream.eventstore.decision.DecisionWire;
import dev.foldstream.eventstore.shadow.ShadowRange;
import dev.foldstream.eventstore.shadow.ShadowReport;
import dev.foldstream.eventstore.shadow.ShadowRun;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.settings.KafkaSettings;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs shadow decisions beside everything else, within bounds, and keeps the last reports. */
@Singleton
final class ShadowJobs {

  /** Reports kept; the oldest that ended goes first. */
  static final int MAX_KEPT = 20;

  static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(ShadowJobs.class);

  private final ShadowSettings settings;
  private final Candidates candidates;
  private final ShadowRun runs;
  private final Map<String, ShadowJob> jobs = new LinkedHashMap<>();

  ShadowJobs(
      ShadowSettings settings, Candidates candidates, KafkaSettings kafka, DecisionWire wire) {
    this.settings = settings;
    this.candidates = candidates;
    this.runs = new ShadowRun(kafka.servers(), wire);
  }

  ShadowJob start(DeciderIdentity decider, ShadowRequest request) {
    ShadowRange range = request.asRange(settings.maxCommands());
    var report = new ShadowReport(request.maxExamples());
    LoadedCandidate candidate = candidates.load(decider, request.candidate());
    var job =
        new ShadowJob(
            UUID.randomUUID().toString(),
            decider.domain() + "." + decider.aggregate(),
            Instant.now(),
            report,
            System.nanoTime() + settings.within().toNanos());
    try {
      keep(job);
    } catch (ProblemException refused) {
      candidate.close();
      throw refused;
    }
    Thread.ofPlatform()
        .daemon()
        .name("shadow-" + job.id())
        .start(() -> run(job, decider, candidate, range));
    return job;
  }

  private void run(
      ShadowJob job, DeciderIdentity decider, LoadedCandidate loaded, ShadowRange range) {
    Throwable failed = null;
    try (loaded) {
      runs.compare(
          decider.domain(),
          decider.aggregate(),
          loaded.candidate(),
          range,
          job.report(),
          job::stopped);
    } catch (RuntimeException | Error thrown) {
      LOG.warn("The shadow run {} failed", job.id(), thrown);
      failed = thrown;
    } finally {
      job.end(failed);
    }
  }

  private synchronized void keep(ShadowJob job) {
    long running = jobs.values().stream().filter(ShadowJobs::running).count();
    if (running >= settings.atOnce()) {
      throw new ProblemException(
              ProblemType.TOO_BUSY,
              "%d shadow runs go on, which is the most (foldstream.shadow.at-once)"
                  .formatted(running))
          .retryAfter(RETRY_AFTER);
    }
    jobs.values().stream()
        .filter(kept -> !running(kept))
        .limit(Math.max(0, jobs.size() + 1L - MAX_KEPT))
        .map(ShadowJob::id)
        .toList()
        .forEach(jobs::remove);
    jobs.put(job.id(), job);
  }

  private static boolean running(ShadowJob job) {
    return job.state() == ShadowJob.State.RUNNING;
  }

  synchronized ShadowJob find(String decider, String id) {
    @Nullable ShadowJob job = jobs.get(id);
    if (job == null || !job.decider().equals(decider)) {
      throw new ProblemException(
          ProblemType.UNKNOWN_SHADOW_RUN,
          "This instance has no such shadow run of %s; it keeps the last %d"
              .formatted(decider, MAX_KEPT));
    }
    return job;
  }

  @PreDestroy
  synchronized void stop() {
    jobs.values().forEach(ShadowJob::cancel);
  }
}
