package dev.foldstream.queryservice.causation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.queryservice.causation.CausationTree.Node;
import dev.foldstream.viewstore.journal.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CausationTreeTest {

  private static JournalEntry event(
      String command, int number, @Nullable String cause, @Nullable String commandCause) {
    return new JournalEntry(
        "library.book.events",
        command,
        number,
        0,
        number,
        number,
        command + ":" + number,
        "type",
        Instant.EPOCH,
        Instant.EPOCH,
        command,
        "correlation",
        cause,
        commandCause,
        "anonymous",
        new byte[0]);
  }

  private static String text(List<Node> nodes) {
    return nodes.stream()
        .map(
            node ->
                node.entry().eventId()
                    + (node.children().isEmpty() ? "" : "(" + text(node.children()) + ")"))
        .collect(Collectors.joining(" "));
  }

  private static String tree(JournalEntry... entries) {
    return text(CausationTree.of(List.of(entries), entry -> false));
  }

  @Test
  void an_event_stands_under_the_event_that_led_to_its_command() {
    assertThat(tree(event("a", 1, "a", null), event("a", 2, "a", null), event("b", 1, "b", "a:2")))
        .isEqualTo("a:1 a:2(b:1)");
  }

  @Test
  void the_progress_of_a_process_stands_under_its_input_an_event_or_an_answer() {
    assertThat(
            tree(
                event("a", 1, "a", null),
                event("p", 1, "a:1", null),
                event("b", 1, "b", "a:1"),
                event("q", 2, "b", null)))
        .isEqualTo("a:1(p:1 b:1(q:2))");
  }

  @Test
  void causes_that_are_not_here_or_go_round_lose_no_event() {
    assertThat(
            tree(
                event("a", 1, "a", "gone:1"),
                event("b", 1, "b", "c:1"),
                event("c", 1, "c", "b:1"),
                event("d", 1, "d", "d:1")))
        .isEqualTo("a:1 d:1 b:1(c:1)");
  }

  @Test
  void the_events_of_a_command_stand_at_the_top_when_they_are_asked_for() {
    var all =
        List.of(event("a", 1, "a", null), event("b", 1, "b", "a:1"), event("c", 1, "c", "b:1"));
    assertThat(text(CausationTree.of(all, entry -> entry.commandId().equals("b"))))
        .isEqualTo("b:1(c:1)");
  }

  @Test
  void a_chain_is_cut_at_a_depth() {
    var chain = new ArrayList<JournalEntry>();
    for (int i = 0; i < 2 * CausationTree.MAX_DEPTH; i++) {
      chain.add(event("c" + i, 1, "c" + i, "c" + (i - 1) + ":1"));
    }
    List<Node> trees = CausationTree.of(chain, entry -> entry.commandId().equals("c0"));
    assertThat(CausationTree.size(trees)).isEqualTo(CausationTree.MAX_DEPTH);
    assertThat(CausationTree.deepest(trees)).isEqualTo(CausationTree.MAX_DEPTH);
  }
}
