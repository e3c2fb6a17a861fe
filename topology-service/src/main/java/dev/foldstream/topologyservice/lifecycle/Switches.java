package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.topologyservice.registry.Desired;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.Head;
import dev.foldstream.topologyservice.registry.Registry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.running.Topologies;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pausing, resuming, going back, giving up a candidate. */
@Singleton
public final class Switches {

  private final Topologies topologies;
  private final Cleaner cleaner;

  Switches(Topologies topologies, Cleaner cleaner) {
    this.topologies = topologies;
    this.cleaner = cleaner;
  }

  /** All its versions stop; positions and state are kept. */
  public Entry pause(String name, String by) {
    return change(
        name,
        entry ->
            entry.head().desired() == Desired.PAUSED
                ? null
                : entry.head().desired(Desired.PAUSED, by));
  }

  /** It goes on where it stopped. What is parked is tried again. */
  public Entry resume(String name, String by) {
    return change(
        name,
        entry ->
            entry.head().desired() == Desired.RUNNING
                ? entry.head().again(by)
                : entry.head().desired(Desired.RUNNING, by));
  }

  /**
   * Back to the version that was live before: at once when it shares state and positions with the
   * live one, and otherwise by running it beside the live one until it is promoted.
   */
  public Entry rollBack(String name, String by) {
    return change(name, entry -> back(entry, by));
  }

  private static Head back(Entry entry, String by) {
    StoredVersion previous = entry.previous();
    StoredVersion live = entry.live();
    if (entry.candidate() != null) {
      throw Refusals.notNow(
          "wanted to roll '%s' back; version %d runs beside the live one. Mend: promote or cancel it first"
              .formatted(entry.name(), entry.head().candidate()));
    }
    if (previous == null || live == null) {
      throw Refusals.notNow(
          "wanted a version of '%s' to roll back to; found none that was live before"
              .formatted(entry.name()));
    }
    return previous.application() == live.application()
        ? entry.head().inPlace(previous.version(), by)
        : entry.head().beside(previous.version(), by);
  }

  /** The candidate stops, and what it wrote goes, unless a rollback may lead to it. */
  public Entry cancel(String name, String by) {
    return change(
        name,
        entry -> {
          if (entry.candidate() == null) {
            throw Refusals.notNow("no version of '%s' runs beside the live one".formatted(name));
          }
          return entry.head().withoutCandidate(by);
        });
  }

  private Entry change(String name, Function<Entry, @Nullable Head> decide) {
    var before = new AtomicReference<@Nullable Entry>();
    Entry now =
        topologies
            .registry()
            .change(
                name,
                entry -> {
                  Entry found = Refusals.existing(name, entry);
                  before.set(found);
                  if (found.head().handOver() != null) {
                    throw Refusals.notNow(
                        "a version of '%s' is being promoted. Mend: try again in a minute"
                            .formatted(name));
                  }
                  Head head = decide.apply(found);
                  return head == null ? null : Registry.Change.of(head);
                });
    Entry entry = Objects.requireNonNull(now);
    cleaner.after(before.get(), entry);
    return entry;
  }
}
