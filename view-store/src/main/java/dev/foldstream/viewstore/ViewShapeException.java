package dev.foldstream.viewstore;

import java.util.List;

/** What is kept of a view no longer fits its declaration: it has to be rebuilt. */
public final class ViewShapeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> differences;

  public ViewShapeException(ViewVersion version, String store, List<String> differences) {
    super(
        "view %s in %s was made for another declaration: %s. Rebuild the view, or run the code it was made for"
            .formatted(version, store, String.join("; ", differences)));
    this.differences = List.copyOf(differences);
  }

  public List<String> differences() {
    return differences;
  }
}
