package dev.foldstream.topology.preview;

import java.time.Duration;

/**
 * How much a preview may take and give.
 *
 * @param records read at most
 * @param within stops after so long
 * @param outputs shown for each sink, and rows for each store
 * @param notes dropped and failed records that are listed
 */
public record PreviewBounds(int records, Duration within, int outputs, int notes) {

  public static final PreviewBounds DEFAULT =
      new PreviewBounds(10_000, Duration.ofSeconds(10), 200, 200);
}
