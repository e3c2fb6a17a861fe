package dev.foldstream.topologyservice.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.topologyservice.registry.Desired;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.HandOver.Phase;
import dev.foldstream.topologyservice.registry.Head;
import dev.foldstream.topologyservice.registry.StoredVersion;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WantedTest {

  private static final Head FIRST = Head.begin("sales", null, "ada");

  @Test
  void the_first_version_is_live_at_once() {
    assertThat(running(FIRST)).containsExactly("v1 live");
  }

  @Test
  void a_change_in_place_takes_the_place_of_the_live_version() {
    assertThat(running(FIRST.inPlace(2, "ada"))).containsExactly("v2 live");
    assertThat(FIRST.inPlace(2, "ada").previous()).isEqualTo(1);
  }

  @Test
  void a_candidate_runs_beside_the_live_version_until_it_is_promoted() {
    Head beside = FIRST.beside(2, "ada");
    assertThat(running(beside)).containsExactly("v1 live", "v2 beside");
    Head first = beside.handingOver(Phase.CANDIDATE_STOPS, "ada");
    assertThat(running(first)).containsExactly("v1 live");
    Head second = first.handingOver(Phase.LIVE_STOPS, "ada");
    assertThat(running(second)).isEmpty();
    assertThat(running(second.promoted("ada"))).containsExactly("v2 live");
    assertThat(running(second.handingOver(null, "ada"))).containsExactly("v1 live", "v2 beside");
  }

  @Test
  void nothing_runs_that_is_paused_or_deleted() {
    Head beside = FIRST.beside(2, "ada");
    assertThat(running(beside.desired(Desired.PAUSED, "ada"))).isEmpty();
    assertThat(running(beside.desired(Desired.DELETED, "ada"))).isEmpty();
  }

  @Test
  void numbers_of_versions_are_not_used_again_after_a_deletion() {
    Head deleted = FIRST.beside(2, "ada").desired(Desired.DELETED, "ada");
    Head again = Head.begin("sales", deleted, "ada");
    assertThat(again.live()).isEqualTo(3);
    assertThat(again.revision()).isGreaterThan(deleted.revision());
  }

  @Test
  void what_may_be_rolled_back_to_is_kept() {
    Head promoted = FIRST.beside(2, "ada").promoted("ada");
    assertThat(entry(promoted).applications())
        .containsExactly("foldstream.topology.sales-v1", "foldstream.topology.sales-v2");
    assertThat(entry(promoted.beside(3, "ada").promoted("ada")).applications())
        .containsExactly("foldstream.topology.sales-v2", "foldstream.topology.sales-v3");
  }

  private static List<String> running(Head head) {
    return Wanted.of(entry(head)).stream()
        .map(one -> "v%d %s".formatted(one.version().version(), one.beside() ? "beside" : "live"))
        .toList();
  }

  private static Entry entry(Head head) {
    var versions = new TreeMap<Integer, StoredVersion>();
    for (int number = 1; number <= head.newest(); number++) {
      versions.put(
          number,
          new StoredVersion(
              "sales",
              number,
              "text " + number,
              "application/yaml",
              "digest",
              number,
              "NEW_STATE",
              List.of(),
              Instant.EPOCH,
              "ada"));
    }
    return new Entry(head, versions);
  }
}
