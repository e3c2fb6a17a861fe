package dev.foldstream.topologyservice.registry;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One registered topology: its head, and its versions by number. */
public record Entry(Head head, SortedMap<Integer, StoredVersion> versions) {

  public Entry {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }

  public String name() {
    return head.name();
  }

  /** The live version, or null. */
  public @Nullable StoredVersion live() {
    return version(head.live());
  }

  /** The version that runs beside the live one, or null. */
  public @Nullable StoredVersion candidate() {
    return version(head.candidate());
  }

  /** The version a rollback leads to, or null. */
  public @Nullable StoredVersion previous() {
    return version(head.previous());
  }

  public @Nullable StoredVersion version(@Nullable Integer number) {
    return number == null ? null : versions.get(number);
  }

  /** The applications that run, or may run again: those of live, candidate and previous. */
  public Set<String> applications() {
    if (head.deleted()) {
      return Set.of();
    }
    var ids = new TreeSet<String>();
    for (StoredVersion version : used()) {
      ids.add(version.applicationId());
    }
    return ids;
  }

  /** The versions that run, or may run again. */
  public List<StoredVersion> used() {
    return Stream.of(live(), candidate(), previous()).filter(Objects::nonNull).toList();
  }
}
