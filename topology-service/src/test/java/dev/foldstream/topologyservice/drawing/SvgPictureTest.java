package dev.foldstream.topologyservice.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.topologyservice.drawing.DrawnNode.Input;
import dev.foldstream.topologyservice.drawing.DrawnNode.Live;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SvgPictureTest {

  private static final Drawing SALES =
      new Drawing(
          "sales <per> minute",
          "version 3",
          List.of(
              node("orders", "source", Shape.SOURCE, new Live(12.5, 0, 0, 7L)),
              node("accounts", "source", Shape.SOURCE, null),
              node("by-size", "branch", Shape.STEP, new Live(3, 4, 2, null), "orders"),
              node("joined", "join", Shape.STATE, null, "by-size/large", "accounts"),
              node("out", "sink", Shape.SINK, null, "joined"),
              node("small-out", "sink", Shape.SINK, null, "by-size/small")));

  private static DrawnNode node(
      String id, String kind, Shape shape, @Nullable Live live, String... inputs) {
    List<Input> from =
        List.of(inputs).stream()
            .map(input -> input.split("/", -1))
            .map(parts -> new Input(parts[0], parts.length > 1 ? parts[1] : ""))
            .toList();
    return new DrawnNode(id, kind, "what " + id + " does", shape, from, live);
  }

  @Test
  void it_is_well_formed_and_every_node_and_arrow_is_there() throws Exception {
    Document picture = parsed(SvgPicture.of(SALES));
    assertThat(attributes(picture, "g", "data-node"))
        .containsExactly("orders", "accounts", "by-size", "joined", "out", "small-out");
    assertThat(attributes(picture, "path", "class").stream().filter("arrow"::equals)).hasSize(5);
    assertThat(picture.getDocumentElement().getTextContent())
        .contains("sales <per> minute", "large", "small", "13/s · lag 7", "4 dropped", "2 failed");
  }

  @Test
  void layers_run_from_left_to_right_and_sinks_are_last() {
    Layout layout = Layout.of(SALES);
    assertThat(layout.slot("orders").layer()).isZero();
    assertThat(layout.slot("by-size").layer()).isEqualTo(1);
    assertThat(layout.slot("joined").layer()).isEqualTo(2);
    assertThat(layout.slot("out").layer()).isEqualTo(3);
    assertThat(layout.slot("small-out").layer()).isEqualTo(3);
    for (Layout.Route route : layout.routes()) {
      assertThat(route.way()).isSortedAccordingTo((a, b) -> a.layer() - b.layer());
    }
  }

  @Test
  void nodes_do_not_lie_on_each_other_and_not_outside() {
    Layout layout = Layout.of(SALES);
    List<Layout.Slot> slots = SALES.nodes().stream().map(n -> layout.slot(n.id())).toList();
    for (Layout.Slot slot : slots) {
      assertThat(slot.right()).isLessThanOrEqualTo(layout.width() - Layout.MARGIN);
      assertThat(slot.top()).isGreaterThanOrEqualTo(Layout.HEADER);
      assertThat(slot.top() + Layout.NODE_HEIGHT).isLessThanOrEqualTo(layout.height());
      assertThat(slots)
          .filteredOn(other -> !other.equals(slot) && other.layer() == slot.layer())
          .allSatisfy(
              other ->
                  assertThat(Math.abs(other.top() - slot.top()))
                      .isGreaterThanOrEqualTo(Layout.NODE_HEIGHT));
    }
  }

  @Test
  void an_arrow_over_a_layer_passes_beside_its_nodes() {
    Layout layout = Layout.of(SALES);
    Layout.Route over =
        layout.routes().stream().filter(r -> r.to().equals("small-out")).findFirst().orElseThrow();
    assertThat(over.way()).hasSize(3);
    int passes = over.way().get(1).middle();
    Layout.Slot joined = layout.slot("joined");
    assertThat(passes < joined.top() || passes > joined.top() + Layout.NODE_HEIGHT).isTrue();
  }

  @Test
  void both_schemes_are_served_and_nothing_is_fetched_from_elsewhere() {
    assertThat(SvgPicture.of(SALES))
        .contains("prefers-color-scheme:dark")
        .doesNotContain("<script", "href=", "@import", "url(http");
  }

  @Test
  void mermaid_names_the_same_nodes_and_arrows() {
    assertThat(MermaidText.of(SALES))
        .startsWith("flowchart LR\n")
        .contains("n0([\"source orders<br/>13/s, lag 7\"])")
        .contains("n2 -- \"large\" --> n3")
        .contains("n3[(\"join joined\")]")
        .contains("n1 --> n3");
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> attributes(Document picture, String element, String attribute) {
    NodeList nodes = picture.getElementsByTagName(element);
    var values = new ArrayList<String>();
    for (int i = 0; i < nodes.getLength(); i++) {
      values.add(((Element) nodes.item(i)).getAttribute(attribute));
    }
    return values;
  }
}
