package dev.foldstream.topologyservice.running;

import dev.foldstream.topologyservice.registry.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What this process runs of one topology. */
final class Runs {

  private final Starter starter;
  private final Path stateDirectory;
  private final List<Topologies.RunListener> listeners;
  private final List<Run> runs = new CopyOnWriteArrayList<>();

  /** For the thread that looks. */
  private final Map<Run, Observed> seen = new HashMap<>();

  private boolean closed;

  Runs(Starter starter, Path stateDirectory, List<Topologies.RunListener> listeners) {
    this.starter = starter;
    this.stateDirectory = stateDirectory;
    this.listeners = listeners;
  }

  /** The live version first. */
  List<Run> all() {
    return List.copyOf(runs);
  }

  /** Stops first, so that a version finds the state it goes on with. */
  synchronized void reconcile(Entry entry) {
    if (closed) {
      return;
    }
    List<Wanted> wanted = Wanted.of(entry);
    long revision = entry.head().revision();
    for (Run run : all()) {
      boolean parked = run.observed().state() == Observed.State.PARKED;
      if (!wanted.contains(run.wanted()) || (parked && run.startable(revision))) {
        end(run, entry);
      }
    }
    for (Wanted one : wanted) {
      Run run = find(one);
      if (run == null) {
        run = new Run(one, revision);
        runs.add(one.beside() ? runs.size() : 0, run);
      }
      if (run.startable(revision)) {
        run.start(starter);
        if (run.compiled() != null) {
          began(run);
        }
      }
    }
  }

  private @Nullable Run find(Wanted wanted) {
    return runs.stream().filter(run -> run.wanted().equals(wanted)).findFirst().orElse(null);
  }

  private void began(Run run) {
    listeners.forEach(listener -> listener.began(run));
  }

  private void end(Run run, Entry entry) {
    run.stop();
    runs.remove(run);
    listeners.forEach(listener -> listener.ended(run));
    String application = run.version().applicationId();
    if (!entry.applications().contains(application)) {
      LocalState.delete(stateDirectory, application);
    }
  }

  /** Takes a sample of the counts; returns whether the state of a run changed. */
  boolean look(long nanos) {
    boolean changed = false;
    var now = new HashMap<Run, Observed>();
    for (Run run : runs) {
      Tally tally = run.tally();
      if (tally != null) {
        tally.sample(nanos);
      }
      Observed observed = run.observed();
      now.put(run, observed);
      changed |= !observed.equals(seen.get(run));
    }
    seen.clear();
    seen.putAll(now);
    return changed;
  }

  /** Whether something has to be started or stopped. */
  boolean due(Entry entry) {
    List<Wanted> wanted = Wanted.of(entry);
    List<Run> now = all();
    return wanted.size() != now.size()
        || now.stream()
            .anyMatch(
                run -> !wanted.contains(run.wanted()) || run.startable(entry.head().revision()));
  }

  void stop() {
    var stopping = new ArrayList<Run>();
    synchronized (this) {
      closed = true;
      stopping.addAll(runs);
    }
    stopping.parallelStream().forEach(Run::stop);
  }
}
