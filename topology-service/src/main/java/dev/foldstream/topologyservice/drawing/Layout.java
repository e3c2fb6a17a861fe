package dev.foldstream.topologyservice.drawing;

import dev.foldstream.topologyservice.drawing.DrawnNode.Input;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the nodes of a picture lie: in layers from left to right, each node one layer behind the
 * last of its inputs, the nodes of a layer ordered by where their neighbours lie. Arrows that pass
 * over a layer get a place of their own in it, so that they run beside the nodes and not over them.
 */
final class Layout {

  static final int NODE_WIDTH = 190;
  static final int NODE_HEIGHT = 74;
  static final int GAP_BETWEEN_LAYERS = 76;
  static final int GAP_BETWEEN_NODES = 26;
  static final int PASSAGE_HEIGHT = 12;
  static final int MARGIN = 24;
  static final int HEADER = 54;

  /** Enough for pictures of this size; more changes nothing. */
  private static final int SWEEPS = 4;

  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final List<List<Slot>> layers = new ArrayList<>();
  private final List<Route> routes = new ArrayList<>();

  /** A place in a layer: a node, or where an arrow passes. */
  static final class Slot {
    private final int layer;
    private final int height;
    private final List<Slot> before = new ArrayList<>();
    private final List<Slot> after = new ArrayList<>();
    private double order;
    private int y;

    Slot(int layer, int height) {
      this.layer = layer;
      this.height = height;
    }

    int left() {
      return MARGIN + layer * (NODE_WIDTH + GAP_BETWEEN_LAYERS);
    }

    int right() {
      return left() + NODE_WIDTH;
    }

    int top() {
      return y;
    }

    int middle() {
      return y + height / 2;
    }

    int layer() {
      return layer;
    }
  }

  /** An arrow from one node to another, over the places where it passes. */
  record Route(Input input, String to, List<Slot> way) {}

  private Layout() {}

  static Layout of(Drawing drawing) {
    var layout = new Layout();
    Map<String, Integer> depth = depths(drawing);
    for (DrawnNode node : drawing.nodes()) {
      layout.slots.put(node.id(), layout.place(depth.getOrDefault(node.id(), 0), NODE_HEIGHT));
    }
    for (DrawnNode node : drawing.nodes()) {
      node.inputs().forEach(input -> layout.connect(input, node.id()));
    }
    layout.order();
    layout.align();
    return layout;
  }

  private static Map<String, Integer> depths(Drawing drawing) {
    var depth = new HashMap<String, Integer>();
    // A document has no cycles, so as many rounds as nodes are enough.
    for (int round = 0; round < drawing.nodes().size(); round++) {
      for (DrawnNode node : drawing.nodes()) {
        int after =
            node.inputs().stream()
                .mapToInt(input -> depth.getOrDefault(input.from(), 0) + 1)
                .max()
                .orElse(0);
        depth.put(node.id(), after);
      }
    }
    int last = depth.values().stream().mapToInt(value -> value).max().orElse(0);
    drawing.nodes().stream()
        .filter(node -> node.shape() == Shape.SINK)
        .forEach(sink -> depth.put(sink.id(), last));
    return depth;
  }

  private Slot place(int layer, int height) {
    while (layers.size() <= layer) {
      layers.add(new ArrayList<>());
    }
    var slot = new Slot(layer, height);
    slot.order = layers.get(layer).size();
    layers.get(layer).add(slot);
    return slot;
  }

  private void connect(Input input, String to) {
    Slot from = slots.get(input.from());
    Slot target = slots.get(to);
    if (from == null || target == null) {
      return;
    }
    var way = new ArrayList<Slot>();
    way.add(from);
    for (int layer = from.layer + 1; layer < target.layer; layer++) {
      way.add(place(layer, PASSAGE_HEIGHT));
    }
    way.add(target);
    for (int i = 1; i < way.size(); i++) {
      way.get(i - 1).after.add(way.get(i));
      way.get(i).before.add(way.get(i - 1));
    }
    routes.add(new Route(input, to, List.copyOf(way)));
  }

  private void order() {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<Slot> layer : layers) {
        arrange(layer, true);
      }
      for (List<Slot> layer : layers.reversed()) {
        arrange(layer, false);
      }
    }
    for (List<Slot> layer : layers) {
      arrange(layer, true);
    }
  }

  /** By the mean of the neighbours' places; who has none stays where it is. */
  private static void arrange(List<Slot> layer, boolean forward) {
    var wish = new HashMap<Slot, Double>();
    for (Slot slot : layer) {
      List<Slot> neighbours = forward ? slot.before : slot.after;
      wish.put(
          slot, neighbours.stream().mapToDouble(other -> other.order).average().orElse(slot.order));
    }
    layer.sort(Comparator.comparingDouble(slot -> wish.getOrDefault(slot, slot.order)));
    for (int i = 0; i < layer.size(); i++) {
      layer.get(i).order = i;
    }
  }

  /** From left to right, each node as near to the middle of its inputs as the one above allows. */
  private void align() {
    int tallest = layers.stream().mapToInt(Layout::height).max().orElse(0);
    for (List<Slot> layer : layers) {
      int free = HEADER + MARGIN + (tallest - height(layer)) / 2;
      int shift = wishedShift(layer, free, tallest);
      int y = free + shift;
      for (Slot slot : layer) {
        slot.y = y;
        y += slot.height + GAP_BETWEEN_NODES;
      }
    }
  }

  private static int wishedShift(List<Slot> layer, int free, int tallest) {
    int y = free;
    double sum = 0;
    int count = 0;
    for (Slot slot : layer) {
      for (Slot before : slot.before) {
        sum += before.middle() - (y + slot.height / 2);
        count++;
      }
      y += slot.height + GAP_BETWEEN_NODES;
    }
    int room = (tallest - height(layer)) / 2;
    int wish = count == 0 ? 0 : (int) Math.round(sum / count);
    return Math.clamp(wish, -room, room);
  }

  private static int height(List<Slot> layer) {
    int slots = layer.stream().mapToInt(slot -> slot.height).sum();
    return slots + Math.max(0, layer.size() - 1) * GAP_BETWEEN_NODES;
  }

  Slot slot(String id) {
    Slot slot = slots.get(id);
    if (slot == null) {
      throw new IllegalArgumentException("there is no node " + id);
    }
    return slot;
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  int width() {
    int count = Math.max(1, layers.size());
    return 2 * MARGIN + count * NODE_WIDTH + (count - 1) * GAP_BETWEEN_LAYERS;
  }

  int height() {
    return HEADER + 2 * MARGIN + layers.stream().mapToInt(Layout::height).max().orElse(0);
  }
}
