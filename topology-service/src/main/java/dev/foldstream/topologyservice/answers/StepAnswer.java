package dev.foldstream.topologyservice.answers;

import dev.foldstream.topology.plan.StepNode;
import dev.foldstream.topologyservice.running.StepTally;
import java.util.List;
import java.util.Map;

/**
 * A source, step or sink, and what it did in this process since it was started here.
 *
 * @param dropped records that went no further although nothing is wrong with them, by reason
 * @param failed records that were set aside
 */
public record StepAnswer(
    String id,
    String kind,
    String text,
    String topic,
    List<String> inputs,
    List<String> stores,
    long in,
    long out,
    Map<String, Long> dropped,
    long failed,
    double inPerSecond,
    double outPerSecond) {

  static StepAnswer of(StepNode node, StepTally tally) {
    return new StepAnswer(
        node.id(),
        node.kind(),
        node.text(),
        node.topic(),
        node.inputs(),
        node.stores(),
        tally.taken(),
        tally.given(),
        tally.droppedByReason(),
        tally.failed(),
        tally.inRate(),
        tally.outRate());
  }
}
