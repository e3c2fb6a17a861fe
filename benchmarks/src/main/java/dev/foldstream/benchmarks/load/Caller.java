package dev.foldstream.benchmarks.load;

/** Makes one call and returns when it is answered. Used by many threads. */
public interface Caller {

  /**
   * Asks one aggregate.
   *
   * @param aggregate from 0
   */
  void call(int aggregate) throws Exception;
}
