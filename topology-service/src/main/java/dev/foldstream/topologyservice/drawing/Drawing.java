package dev.foldstream.topologyservice.drawing;

import java.util.List;

/**
 * A picture to be drawn.
 *
 * @param title the name of the topology
 * @param subtitle version and state
 * @param nodes in the order of the document; inputs come from nodes that are among them
 */
public record Drawing(String title, String subtitle, List<DrawnNode> nodes) {

  public Drawing {
    nodes = List.copyOf(nodes);
  }
}
