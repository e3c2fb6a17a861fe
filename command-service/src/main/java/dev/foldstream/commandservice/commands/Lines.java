package dev.foldstream.commandservice.commands;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what comes in pieces into lines. Lines that are empty are left out but counted. Of a line
 * that is too long only its number is kept.
 */
final class Lines {

  private final int maxBytes;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private boolean tooLong;
  private long number = 1;

  Lines(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * One line.
   *
   * @param number from 1
   * @param bytes none when it is too long
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Line(long number, byte[] bytes, boolean tooLong) {}

  List<Line> take(byte[] piece) {
    var lines = new ArrayList<Line>();
    int from = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n') {
        append(piece, from, i);
        end(lines);
        from = i + 1;
      }
    }
    append(piece, from, piece.length);
    return lines;
  }

  /** The last line, when it does not end with a line feed. */
  List<Line> end() {
    var lines = new ArrayList<Line>();
    end(lines);
    return lines;
  }

  private void append(byte[] piece, int from, int to) {
    if (tooLong || begun.size() + to - from > maxBytes) {
      tooLong = true;
      begun.reset();
    } else {
      begun.write(piece, from, to - from);
    }
  }

  private void end(List<Line> lines) {
    byte[] bytes = begun.toByteArray();
    if (tooLong || !blank(bytes)) {
      lines.add(new Line(number, bytes, tooLong));
    }
    begun.reset();
    tooLong = false;
    number++;
  }

  private static boolean blank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
