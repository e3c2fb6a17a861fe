package dev.foldstream.topologyservice.drawing;

import dev.foldstream.topologyservice.drawing.DrawnNode.Input;
import dev.foldstream.topologyservice.drawing.DrawnNode.Live;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A picture as Mermaid's text, for documents and wikis that draw it themselves. */
public final class MermaidText {

  private MermaidText() {}

  public static String of(Drawing drawing) {
    var text = new StringBuilder("flowchart LR\n");
    var names = new HashMap<String, String>();
    for (DrawnNode node : drawing.nodes()) {
      String name = "n" + names.size();
      names.put(node.id(), name);
      text.append("  ").append(name).append(shaped(node)).append('\n');
    }
    for (DrawnNode node : drawing.nodes()) {
      node.inputs().forEach(input -> arrow(text, names, input, node.id()));
    }
    return text.toString();
  }

  private static void arrow(StringBuilder text, Map<String, String> names, Input input, String to) {
    String from = names.get(input.from());
    if (from == null) {
      return;
    }
    String arrow = input.label().isEmpty() ? " --> " : " -- " + quoted(input.label()) + " --> ";
    text.append("  ").append(from).append(arrow).append(names.get(to)).append('\n');
  }

  private static String shaped(DrawnNode node) {
    String words = quoted(node.kind() + " " + node.id() + numbers(node.live()));
    return switch (node.shape()) {
      case SOURCE -> "([" + words + "])";
      case STEP -> "[" + words + "]";
      case STATE -> "[(" + words + ")]";
      case SINK -> "[/" + words + "/]";
    };
  }

  private static String numbers(@Nullable Live live) {
    if (live == null) {
      return "";
    }
    var text = new StringBuilder("<br/>").append(SvgPicture.rate(live.perSecond())).append("/s");
    if (live.lag() != null) {
      text.append(", lag ").append(live.lag());
    }
    if (live.failed() > 0) {
      text.append(", ").append(live.failed()).append(" failed");
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "#quot;") + '"';
  }
}
