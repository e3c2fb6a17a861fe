package dev.foldstream.benchmarks.load;

/** What one run of a contender gave: a row of the table. */
public interface Figures {

  /** Which rows are runs of the same. */
  String label();

  double perSecond();

  String row();
}
