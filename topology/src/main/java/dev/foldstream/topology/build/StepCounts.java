package dev.foldstream.topology.build;

/** Counts of one step. Called by stream threads for every record: it has to be quick. */
public interface StepCounts {

  void in();

  void out();

  /** A record that goes no further although nothing is wrong with it. */
  void dropped(DropReason reason, RecordPointer record);
}
