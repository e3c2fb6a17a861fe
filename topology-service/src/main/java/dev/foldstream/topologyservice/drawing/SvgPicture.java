package dev.foldstream.topologyservice.drawing;

import dev.foldstream.topologyservice.drawing.DrawnNode.Live;
import dev.foldstream.topologyservice.drawing.Layout.Route;
import dev.foldstream.topologyservice.drawing.Layout.Slot;
import java.util.List;
import java.util.Locale;

/**
 * A picture as SVG that stands alone: no script, no font and nothing else from elsewhere. It
 * follows the light or dark scheme of whoever looks at it.
 */
public final class SvgPicture {

  /** Characters of a line in a node. */
  static final int MAX_TEXT = 30;

  private static final int CORNER = 8;
  private static final int TEXT_LEFT = 12;
  private static final int KIND_DOWN = 19;
  private static final int NAME_DOWN = 37;
  private static final int NUMBERS_DOWN = 62;
  private static final int WHAT_DOWN = 52;

  private static final String STYLE =
      """
      svg{--paper:#ffffff;--ink:#1c2430;--soft:#5b6675;--line:#9aa5b4;--step:#f3f5f8;--source:#e3f0fb;--state:#efe9fb;--sink:#e4f5ea;--edge-source:#3b82c4;--edge-state:#7c5cc4;--edge-sink:#3a9460;--bad:#b42318;font-family:ui-sans-serif,system-ui,"Segoe UI",Helvetica,Arial,sans-serif}
      @media (prefers-color-scheme:dark){svg{--paper:#12161c;--ink:#e6eaf0;--soft:#9aa7b8;--line:#5d6a7c;--step:#1e252f;--source:#17293b;--state:#282041;--sink:#17301f;--edge-source:#5aa2e6;--edge-state:#a287ec;--edge-sink:#5cbf84;--bad:#ff8a7a}}
      .paper{fill:var(--paper)}.node{stroke:var(--line);stroke-width:1.2}
      .SOURCE{fill:var(--source);stroke:var(--edge-source)}.STEP{fill:var(--step)}.STATE{fill:var(--state);stroke:var(--edge-state)}.SINK{fill:var(--sink);stroke:var(--edge-sink)}
      .title{font-size:17px;font-weight:600;fill:var(--ink)}.subtitle{font-size:12px;fill:var(--soft)}
      .kind{font-size:10px;letter-spacing:.06em;fill:var(--soft)}.name{font-size:13px;font-weight:600;fill:var(--ink)}
      .what{font-size:10.5px;fill:var(--soft)}.numbers{font-size:10.5px;fill:var(--ink);font-variant-numeric:tabular-nums}
      .bad{fill:var(--bad);font-weight:600}.arrow{fill:none;stroke:var(--line);stroke-width:1.4}.label{font-size:10.5px;fill:var(--soft)}.head{fill:var(--line)}
      """;

  private final Drawing drawing;
  private final Layout layout;
  private final StringBuilder out = new StringBuilder();

  private SvgPicture(Drawing drawing) {
    this.drawing = drawing;
    this.layout = Layout.of(drawing);
  }

  public static String of(Drawing drawing) {
    return new SvgPicture(drawing).draw();
  }

  private String draw() {
    int width = Math.max(layout.width(), Layout.NODE_WIDTH * 2);
    add(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" aria-label="%3$s">\
        """
            .formatted(width, layout.height(), escaped("Topology " + drawing.title())));
    out.append("<style>").append(STYLE.replace("\n", "")).append("</style>");
    out.append(
        "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\""
            + " markerHeight=\"7\" orient=\"auto\"><path class=\"head\" d=\"M0 0L8 4L0"
            + " 8z\"/></marker></defs>");
    add("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>".formatted(width, layout.height()));
    text("title", Layout.MARGIN, Layout.MARGIN + 8, drawing.title());
    text("subtitle", Layout.MARGIN, Layout.MARGIN + 27, drawing.subtitle());
    layout.routes().forEach(this::arrow);
    drawing.nodes().forEach(this::node);
    return out.append("</svg>\n").toString();
  }

  private void node(DrawnNode node) {
    Slot slot = layout.slot(node.id());
    add("<g data-node=\"%s\">".formatted(escaped(node.id())));
    add("<title>%s</title>".formatted(escaped(node.kind() + " " + node.id() + ": " + node.text())));
    add(
        "<rect class=\"node %s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>"
            .formatted(
                node.shape(),
                slot.left(),
                slot.top(),
                Layout.NODE_WIDTH,
                Layout.NODE_HEIGHT,
                CORNER));
    int x = slot.left() + TEXT_LEFT;
    text("kind", x, slot.top() + KIND_DOWN, node.kind());
    text("name", x, slot.top() + NAME_DOWN, cut(node.id(), MAX_TEXT - 6));
    Live live = node.live();
    text("what", x, slot.top() + WHAT_DOWN, cut(node.text(), MAX_TEXT));
    if (live != null) {
      numbers(live, x, slot.top() + NUMBERS_DOWN + 4);
    }
    out.append("</g>");
  }

  private void numbers(Live live, int x, int y) {
    add("<text class=\"numbers\" x=\"%d\" y=\"%d\">".formatted(x, y));
    out.append(rate(live.perSecond())).append("/s");
    if (live.lag() != null) {
      out.append(" · lag ").append(number(live.lag()));
    }
    if (live.dropped() > 0) {
      out.append(" · ").append(number(live.dropped())).append(" dropped");
    }
    if (live.failed() > 0) {
      add("<tspan class=\"bad\"> · %s failed</tspan>".formatted(number(live.failed())));
    }
    out.append("</text>");
  }

  private void arrow(Route route) {
    List<Slot> way = route.way();
    Slot from = way.getFirst();
    var path = new StringBuilder("M%d %d".formatted(from.right(), from.middle()));
    int x = from.right();
    int y = from.middle();
    for (Slot next : way.subList(1, way.size())) {
      int bend = (next.left() - x) / 2;
      path.append(
          "C%d %d %d %d %d %d"
              .formatted(
                  x + bend, y, next.left() - bend, next.middle(), next.left(), next.middle()));
      if (!next.equals(way.getLast())) {
        path.append("L%d %d".formatted(next.right(), next.middle()));
      }
      x = next.right();
      y = next.middle();
    }
    add("<path class=\"arrow\" d=\"%s\" marker-end=\"url(#head)\"/>".formatted(path));
    if (!route.input().label().isEmpty()) {
      Slot next = way.get(1);
      int middle = (from.right() + next.left()) / 2;
      text(
          "label\" text-anchor=\"middle",
          middle,
          (from.middle() + next.middle()) / 2 - 6,
          cut(route.input().label(), MAX_TEXT / 2));
    }
  }

  private void text(String style, int x, int y, String words) {
    add("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(style, x, y, escaped(words)));
  }

  private void add(String text) {
    out.append(text);
  }

  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  static String rate(double perSecond) {
    return perSecond == 0 || perSecond >= 10
        ? number(Math.round(perSecond))
        : String.format(Locale.ROOT, "%.1f", perSecond);
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', ' ');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
