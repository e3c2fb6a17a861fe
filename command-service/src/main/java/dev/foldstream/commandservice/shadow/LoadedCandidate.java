package dev.foldstream.commandservice.shadow;

import dev.foldstream.eventstore.shadow.Candidate;

/**
 * A candidate, with what is to be closed when it is done.
 *
 * @param source where its classes come from
 */
record LoadedCandidate(Candidate<?, ?, ?> candidate, AutoCloseable source)
    implements AutoCloseable {

  @Override
  public void close() {
    Candidates.close(source);
  }
}
