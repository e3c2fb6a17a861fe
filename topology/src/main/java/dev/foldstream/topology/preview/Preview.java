package dev.foldstream.topology.preview;

import dev.foldstream.topology.compile.Compiled;
import java.util.List;
import java.util.Map;

/** Runs a topology on given records in this process; nothing is deployed, written or registered. */
public final class Preview {

  /**
   * Runs it.
   *
   * @param records in the order in which they are to be taken
   */
  public PreviewReport run(Compiled compiled, List<PreviewRecord> records, PreviewBounds bounds) {
    return new PreviewReport(
        0,
        records.size() > bounds.records(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(compiled.name() + " cannot be previewed yet"));
  }
}
