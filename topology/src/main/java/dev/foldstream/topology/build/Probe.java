package dev.foldstream.topology.build;

/**
 * What a running topology tells of itself.
 *
 * <ol>
 *   <li>Stream threads call it, several at once.
 *   <li>Counting neither blocks nor throws. A failure is stored before {@link #failed} returns;
 *       when it cannot be stored, what is thrown has to end the task, which takes the record again:
 *       an event must not be lost in between.
 *   <li>What it was told may be told again: a transaction that is aborted is taken again.
 * </ol>
 */
public interface Probe {

  /** The counts of a source, step or sink; asked for once for each task. */
  StepCounts step(String id);

  void failed(StepFailure failure);
}
