package dev.foldstream.viewstore;

/**
 * One version of a view in one store: the unit that has a table or an index and positions of its
 * own.
 *
 * @param number counted by the store from 1; a rebuild makes the next one
 */
public record ViewVersion(ViewDefinition view, int number) {

  public ViewVersion {
    if (number < 1) {
      throw new IllegalArgumentException("a version of a view is counted from 1; found " + number);
    }
  }

  @Override
  public String toString() {
    return view.path() + " v" + number;
  }
}
