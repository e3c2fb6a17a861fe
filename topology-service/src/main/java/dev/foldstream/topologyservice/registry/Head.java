package dev.foldstream.topologyservice.registry;

import dev.foldstream.topologyservice.registry.HandOver.Phase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What shall run of one topology. This is the stored form. It stays when the topology is deleted:
 * numbers of versions are never used again.
 *
 * @param revision counts the changes of this head, from 1
 * @param newest the highest number of a version so far
 * @param live the version that writes the sinks
 * @param candidate the version that runs beside it and writes sinks of its own
 * @param previous the version that was live before, kept for a rollback
 * @param since when the last change was made
 * @param by who made it
 */
public record Head(
    String name,
    long revision,
    Desired desired,
    int newest,
    @Nullable Integer live,
    @Nullable Integer candidate,
    @Nullable Integer previous,
    @Nullable HandOver handOver,
    Instant since,
    String by) {

  /** A name that is registered for the first time, or again after it was deleted. */
  public static Head begin(String name, @Nullable Head before, String by) {
    long revision = before == null ? 1 : before.revision + 1;
    int version = before == null ? 1 : before.newest + 1;
    return new Head(name, revision, Desired.RUNNING, version, version, null, null, null, now(), by);
  }

  public boolean deleted() {
    return desired == Desired.DELETED;
  }

  public Head desired(Desired wanted, String who) {
    return new Head(
        name, revision + 1, wanted, newest, live, candidate, previous, null, now(), who);
  }

  /** The next version takes the place of the live one, with its positions and state. */
  public Head inPlace(int version, String who) {
    return new Head(
        name,
        revision + 1,
        desired,
        Math.max(newest, version),
        version,
        null,
        live,
        null,
        now(),
        who);
  }

  /** The next version, or an old one again, runs beside the live one. */
  public Head beside(int version, String who) {
    return new Head(
        name,
        revision + 1,
        desired,
        Math.max(newest, version),
        live,
        version,
        previous,
        null,
        now(),
        who);
  }

  public Head withoutCandidate(String who) {
    return new Head(name, revision + 1, desired, newest, live, null, previous, null, now(), who);
  }

  public Head handingOver(@Nullable Phase phase, String who) {
    HandOver next = phase == null ? null : new HandOver(phase, now());
    return new Head(
        name, revision + 1, desired, newest, live, candidate, previous, next, now(), who);
  }

  /** The candidate is live. */
  public Head promoted(String who) {
    return new Head(name, revision + 1, desired, newest, candidate, null, live, null, now(), who);
  }

  /** The same state once more, so that what is parked is tried again. */
  public Head again(String who) {
    return new Head(
        name, revision + 1, desired, newest, live, candidate, previous, handOver, now(), who);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
