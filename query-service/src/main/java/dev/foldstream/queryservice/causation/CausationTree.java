package dev.foldstream.queryservice.causation;

import dev.foldstream.viewstore.journal.JournalEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events as a tree, each under the one that led to it.
 *
 * <ol>
 *   <li>An event of an aggregate stands under the event that led to its command, as far as the log
 *       says; otherwise at the top.
 *   <li>The progress of a process stands under the event, or the last event of the command, that
 *       was its input.
 *   <li>Every event stands in the tree once, whatever their headers claim: causes that go round are
 *       cut, and so is what lies deeper than {@link #MAX_DEPTH}.
 *   <li>What stands beside each other is in the order in which it was recorded.
 * </ol>
 */
final class CausationTree {

  static final int MAX_DEPTH = 100;

  /** An event and what it led to. */
  record Node(JournalEntry entry, List<Node> children) {}

  private final List<JournalEntry> entries;
  private final Map<String, JournalEntry> byEventId = new HashMap<>();
  private final Map<String, JournalEntry> lastOfCommand = new HashMap<>();
  private final IdentityHashMap<JournalEntry, List<JournalEntry>> children =
      new IdentityHashMap<>();
  private final Set<JournalEntry> placed = Collections.newSetFromMap(new IdentityHashMap<>());

  private CausationTree(List<JournalEntry> entries) {
    this.entries = entries;
    for (JournalEntry entry : entries) {
      byEventId.putIfAbsent(entry.eventId(), entry);
      lastOfCommand.put(entry.commandId(), entry);
    }
  }

  /**
   * The trees of these events.
   *
   * @param entries in the order in which they were recorded
   * @param top which of them stand at the top, whatever led to them; when none does, those that
   *     nothing here led to
   */
  static List<Node> of(List<JournalEntry> entries, Predicate<JournalEntry> top) {
    return new CausationTree(entries).build(top);
  }

  private List<Node> build(Predicate<JournalEntry> top) {
    var roots = new ArrayList<JournalEntry>();
    boolean chosen = entries.stream().anyMatch(top);
    for (JournalEntry entry : entries) {
      JournalEntry parent = parent(entry);
      if (chosen ? top.test(entry) : parent == null) {
        roots.add(entry);
      } else if (parent != null) {
        children.computeIfAbsent(parent, p -> new ArrayList<>()).add(entry);
      }
    }
    var nodes = new ArrayList<Node>();
    roots.forEach(root -> place(root, nodes, 1));
    if (!chosen) {
      entries.forEach(entry -> place(entry, nodes, 1));
    }
    return nodes;
  }

  private @Nullable JournalEntry parent(JournalEntry entry) {
    for (String cause : causes(entry)) {
      JournalEntry event = byEventId.getOrDefault(cause, lastOfCommand.get(cause));
      if (event != null && !event.eventId().equals(entry.eventId())) {
        return event;
      }
    }
    return null;
  }

  /** An event's own cause is its command, which is no event; a process's is its input. */
  private static List<@Nullable String> causes(JournalEntry entry) {
    return Stream.of(entry.commandCauseId(), entry.causationId())
        .filter(cause -> cause != null && !cause.equals(entry.commandId()))
        .toList();
  }

  private void place(JournalEntry entry, List<Node> into, int depth) {
    if (depth > MAX_DEPTH || !placed.add(entry)) {
      return;
    }
    var below = new ArrayList<Node>();
    into.add(new Node(entry, below));
    for (JournalEntry child : children.getOrDefault(entry, List.of())) {
      place(child, below, depth + 1);
    }
  }

  /** How deep these trees are. */
  static int deepest(List<Node> nodes) {
    return nodes.stream().mapToInt(node -> 1 + deepest(node.children())).max().orElse(0);
  }

  /** How many events stand in these trees. */
  static int size(List<Node> nodes) {
    return nodes.stream().mapToInt(node -> 1 + size(node.children())).sum();
  }
}
