package dev.foldstream.viewstore.changes;

import dev.foldstream.viewstore.ViewDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Reads which rows of views changed. Thread-safe; every call may block on the store.
 *
 * <ol>
 *   <li>A change is told with the commit that made it, or not yet; never half of a commit.
 *   <li>Between the cursor and {@code now} no change is left out. What is not kept any more, was
 *       too much to keep, or belongs to another version makes the answer unknown, never shorter.
 *   <li>A key may be told again.
 * </ol>
 */
@FunctionalInterface
public interface ChangeReader {

  /**
   * What changed since a cursor.
   *
   * @param after null to hear only where the view is: the answer is unknown then
   */
  Changes read(ViewDefinition view, @Nullable ChangeCursor after);
}
