package dev.foldstream.viewstore.rebuild;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;

/** What a store has written down of one view, for {@link RebuildRules} to decide on. */
public interface VersionBook {

  ViewDefinition view();

  OptionalInt live();

  /** The versions that there are. */
  SortedSet<Integer> numbers();

  /** As what a version was declared when it was made. */
  Optional<SortedMap<String, String>> declaration(ViewVersion version);

  /** As what the code that runs declares the view to this store. */
  SortedMap<String, String> declared();

  Optional<Rebuild> last();

  /** The version that was live before the one that is, kept for a rollback. */
  OptionalInt liveBefore();

  /** The highest number that a rebuild ever had, 0 when none is known. */
  int highest();

  /** Events that rows of this version wait for. */
  long quarantined(ViewVersion version);
}
