package dev.foldstream.viewstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What operators ask of a view.
 *
 * @param pause null while the view is to run
 * @param requests entries of the quarantine that something is asked of, oldest event first, at most
 *     {@link #MAX_REQUESTS}
 */
public record ViewControl(@Nullable ViewPause pause, List<QuarantineEntry> requests) {

  /** How many requests are told at once; the rest comes when these are done. */
  public static final int MAX_REQUESTS = 100;

  public ViewControl {
    requests = List.copyOf(requests);
  }
}
