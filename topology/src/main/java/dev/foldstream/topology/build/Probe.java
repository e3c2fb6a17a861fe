package dev.foldstream.topology.build;

/**
 * What a running topology tells of itself.
 *
 * <ol>
 *   <li>Stream threads call it, several at once; it does not block and does not throw.
 *   <li>What it was told may be told again: a transaction that is aborted is taken again.
 * </ol>
 */
public interface Probe {

  /** The counts of a source, step or sink; asked for once for each task. */
  StepCounts step(String id);

  void failed(StepFailure failure);
}
