package dev.foldstream.topology.preview;

import dev.foldstream.topology.build.DropReason;
import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.build.StepFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a topology made of given records.
 *
 * @param complete whether all given records were taken before the time was up
 * @param outputs by sink
 * @param steps counts by source, step and sink
 * @param stores contents at the end, by store
 * @param webhooks calls that would have been made
 * @param notes what a preview cannot show of this topology
 */
public record PreviewReport(
    int taken,
    boolean complete,
    Map<String, List<Output>> outputs,
    Map<String, Counts> steps,
    List<Dropped> dropped,
    List<StepFailure> failures,
    Map<String, List<StoreRow>> stores,
    List<String> webhooks,
    List<String> notes) {

  /**
   * One record that a sink would write.
   *
   * @param type full name of the record
   * @param json the value; null for a tombstone
   */
  public record Output(
      @Nullable String key,
      @Nullable String type,
      @Nullable String json,
      long timestampMillis,
      Map<String, String> headers) {}

  public record Counts(long in, long out, Map<DropReason, Long> dropped, long failed) {}

  public record Dropped(String step, DropReason reason, RecordPointer record) {}

  public record StoreRow(String key, String value) {}
}
