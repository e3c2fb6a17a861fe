package dev.foldstream.viewstore.rebuild;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds a version of a view beside the live one. Thread-safe; every call may block on the store.
 *
 * <ol>
 *   <li>A view has at most one rebuild at a time, and the store keeps the last one.
 *   <li>One owner works on it. An owner that gives no sign for a lease is replaced by the next
 *       {@code take}; whatever it still does after that changes nothing.
 *   <li>After a crash at any moment of {@code write} a rebuild goes on where its positions are, and
 *       no row takes an event twice.
 *   <li>{@code compare} looks at the rows of both versions after exactly the same events, and does
 *       not hold the live version back.
 *   <li>{@code makeLive} is one step for readers: each answer is of one version, and the positions
 *       never go back. Writers of the version that was live find their claims void.
 *   <li>A version that was live is kept until another one was; a rebuild that is cancelled, and
 *       every verification, leaves no rows and no positions.
 *   <li>The number of a version is never used again.
 * </ol>
 */
public interface ViewRebuilds {

  /** Writes down that it is wanted; refused while another one goes on. */
  Rebuild request(ViewDefinition view, RebuildKind kind);

  /**
   * Writes a rebuild down when the live version was made for another declaration, which is not that
   * of newer code, and no rebuild goes on.
   */
  boolean requestIfChanged(ViewDefinition view);

  Optional<Rebuild> last(ViewDefinition view);

  /** In order of number. */
  List<KeptVersion> versions(ViewDefinition view);

  /** Passes on what an operator wants; refused when there is nothing it could be done to. */
  void ask(ViewDefinition view, Rebuild.Asked asked);

  /**
   * The view's rebuild for this owner, when nobody works on it, fewer than these go on, and it is
   * for the declaration of the caller's code.
   */
  Optional<Rebuild> take(ViewDefinition view, String owner, Duration lease, int atOnce);

  /** Tells that the owner lives, and hears what an operator wants. */
  Rebuild.Asked keep(
      Rebuild rebuild, RebuildState state, @Nullable String reason, Rebuild.Progress progress);

  /** Gives it back, for another owner to go on at once. */
  void release(Rebuild rebuild);

  /** Whether nothing was written yet. */
  boolean isEmpty(ViewVersion version);

  /**
   * Writes rows of a version that has no readers and one writer.
   *
   * @return what is stored of them, as {@code load} would answer; it may leave some out
   */
  Map<String, StoredRow> write(ViewBatch batch);

  /** Makes what readers need after the rows are there. */
  void finishLoad(ViewVersion version);

  Map<TopicPartitionName, Position> livePositions(ViewDefinition view);

  /**
   * Compares the built version, which stands still between the calls of {@code catchUp}, with the
   * live one, and writes down what was found.
   */
  Comparison compare(Rebuild rebuild, CatchUp catchUp);

  /** Makes the version live. The live one stands still while {@code last} closes the gap. */
  void makeLive(Rebuild rebuild, CatchUp last);

  /** Ends it without a switch, and drops what it built unless it failed. */
  void end(Rebuild rebuild, RebuildState state, @Nullable String reason);

  /** Brings the version that is built to exactly these positions. */
  @FunctionalInterface
  interface CatchUp {
    void to(Map<TopicPartitionName, Position> positions);
  }
}
