package dev.foldstream.commandservice.commands;

import dev.foldstream.kernel.StreamName;
import java.time.Duration;

/** Knows the aggregate types whose state is still being folded from the events. */
public interface FoldsUnderWay {

  /**
   * Refuses to wait for what cannot be decided in time.
   *
   * @throws dev.foldstream.host.problem.ProblemException with how far the fold is
   */
  void check(StreamName stream, Duration patience);
}
