package dev.foldstream.topology.plan;

import java.util.ArrayList;
import java.util.List;

/** What it takes to go from one version of a topology to the next. */
public enum ChangeClass {
  /** Nothing that is run differs. */
  NONE,
  /** The application goes on where it is, with its state and positions. */
  IN_PLACE,
  /** A new application beside the running one, from the beginning of its sources. */
  NEW_STATE,
  /** Those who read its output would not survive it: use another topic or view. */
  REFUSED;

  public static Change between(Fingerprint old, Fingerprint next) {
    if (old.whole().equals(next.whole())) {
      return new Change(NONE, List.of("nothing that is run differs"));
    }
    var refused = new ArrayList<String>();
    var state = new ArrayList<String>();
    OutputChanges.between(old, next, refused);
    StateChanges.between(old, next, state);
    if (!refused.isEmpty()) {
      return new Change(REFUSED, List.copyOf(refused));
    }
    if (!state.isEmpty()) {
      return new Change(NEW_STATE, List.copyOf(state));
    }
    return new Change(IN_PLACE, List.of("only steps without state differ"));
  }
}
