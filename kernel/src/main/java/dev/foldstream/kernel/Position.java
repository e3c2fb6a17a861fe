package dev.foldstream.kernel;

/**
 * How far a reader came in one partition.
 *
 * @param sequence the last sequence applied; 0 before the first event
 * @param nextOffset where to go on reading
 */
public record Position(long sequence, long nextOffset) {
  public static final Position START = new Position(0, 0);
}
