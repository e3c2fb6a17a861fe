package dev.foldstream.topologyservice.drawing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node to be drawn.
 *
 * @param id unique in its picture
 * @param kind the word for it in the document
 * @param text what it does; cut where it is too long
 * @param inputs where its records come from, in order
 * @param live how it does, or null in a picture without numbers
 */
public record DrawnNode(
    String id, String kind, String text, Shape shape, List<Input> inputs, @Nullable Live live) {

  public DrawnNode {
    inputs = List.copyOf(inputs);
  }

  /**
   * An arrow.
   *
   * @param from id of a node
   * @param label the name of a branch; empty for none
   */
  public record Input(String from, String label) {}

  /**
   * The numbers of a node.
   *
   * @param perSecond records that it gave in a second, lately
   * @param lag records that wait before a source; null for other nodes
   * @param failed records that were set aside
   */
  public record Live(double perSecond, long dropped, long failed, @Nullable Long lag) {}
}
