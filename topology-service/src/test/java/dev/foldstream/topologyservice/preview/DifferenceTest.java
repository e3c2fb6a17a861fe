package dev.foldstream.topologyservice.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.topology.preview.PreviewReport;
import dev.foldstream.topology.preview.PreviewReport.Output;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DifferenceTest {

  @Test
  void outputs_are_matched_one_by_one_whatever_their_order() {
    var difference = Difference.between(report("a", "b", "b", "c"), report("b", "a", "d"));
    var sink = Objects.requireNonNull(difference.bySink().get("out"));
    assertThat(sink.same()).isEqualTo(2);
    assertThat(sink.added()).extracting(Output::key).containsExactly("d");
    assertThat(sink.missing()).extracting(Output::key).containsExactly("b", "c");
  }

  @Test
  void a_sink_that_only_one_of_them_has_differs_wholly() {
    var difference = Difference.between(report(), report("a"));
    assertThat(Objects.requireNonNull(difference.bySink().get("out")).added()).hasSize(1);
  }

  private static PreviewReport report(String... keys) {
    List<Output> outputs =
        Stream.of(keys).map(key -> new Output(key, "T", "{}", 0, Map.of("n", key))).toList();
    return new PreviewReport(
        keys.length,
        true,
        Map.of("out", outputs),
        Map.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of());
  }
}
