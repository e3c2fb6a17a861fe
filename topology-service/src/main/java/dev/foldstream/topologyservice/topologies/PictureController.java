package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topologyservice.answers.Drawings;
import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.drawing.Drawing;
import dev.foldstream.topologyservice.drawing.MermaidText;
import dev.foldstream.topologyservice.drawing.SvgPicture;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Run;
import dev.foldstream.topologyservice.running.Topologies;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Draws and describes topologies. */
@Controller("/topologies/{name}")
@Tag(name = "topologies")
public class PictureController {

  static final String SVG = "image/svg+xml";
  static final String MERMAID = "text/vnd.mermaid";
  private static final String UTF_8 = ";charset=utf-8";

  private final Topologies topologies;
  private final Compiling compiling;
  private final LagBoard lags;
  private final Answers answers;

  PictureController(Topologies topologies, Compiling compiling, LagBoard lags, Answers answers) {
    this.topologies = topologies;
    this.compiling = compiling;
    this.lags = lags;
    this.answers = answers;
  }

  @Get("/diagram")
  @Produces({SVG, MERMAID, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "A topology as a picture, with the numbers of each step",
      description =
          "SVG, or Mermaid's text for `Accept: text/vnd.mermaid` or format=mermaid; of the live"
              + " version, or of another with version=n. Rates are those of this process, the lag"
              + " is that of all.")
  @ApiResponse(responseCode = "200", description = "the picture")
  public HttpResponse<byte[]> diagram(
      @PathVariable String name,
      @QueryValue @Nullable String format,
      @QueryValue @Nullable Integer version,
      @Parameter(hidden = true) HttpRequest<?> request) {
    Entry entry = answers.entry(name);
    boolean accepted = request.accept().stream().anyMatch(type -> type.getName().equals(MERMAID));
    String wanted =
        Requests.oneOf("format", format, accepted ? "mermaid" : "svg", "svg", "mermaid");
    Drawing drawing = Answers.orProblem(() -> drawing(entry, version));
    boolean mermaid = wanted.equals("mermaid");
    String text = mermaid ? MermaidText.of(drawing) : SvgPicture.of(drawing);
    return HttpResponse.ok(text.getBytes(StandardCharsets.UTF_8))
        .contentType(MediaType.of((mermaid ? MERMAID : SVG) + UTF_8))
        .header("Cache-Control", "no-cache");
  }

  private Drawing drawing(Entry entry, @Nullable Integer version) {
    StoredVersion stored = Versions.of(entry, version);
    for (Run run : topologies.runs(entry.name())) {
      Compiled compiled = run.compiled();
      if (run.version().version() == stored.version() && compiled != null) {
        return Drawings.of(run, compiled, lags);
      }
    }
    return Drawings.of(
        compiling.compiled(stored), "version %d · does not run here".formatted(stored.version()));
  }

  /**
   * A topology as Kafka Streams describes it.
   *
   * @param text of Kafka Streams
   */
  record DescriptionAnswer(
      String name,
      int version,
      String applicationId,
      String text,
      java.util.List<SubTopology> subTopologies) {}

  /** A part of a topology that is run by tasks of its own. */
  record SubTopology(int id, java.util.List<Node> nodes) {}

  /** A node of Kafka Streams. */
  record Node(
      String name,
      String kind,
      java.util.List<String> topics,
      java.util.List<String> stores,
      java.util.List<String> successors) {}

  @Get("/description")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "A topology as Kafka Streams describes it",
      description =
          "JSON, or the text of Topology.describe() for `Accept: text/plain` or format=text; of the"
              + " live version, or of another with version=n.")
  @ApiResponse(responseCode = "200", description = "the description")
  public HttpResponse<byte[]> description(
      @PathVariable String name,
      @QueryValue @Nullable String format,
      @QueryValue @Nullable Integer version,
      @Parameter(hidden = true) HttpRequest<?> request) {
    Entry entry = answers.entry(name);
    StoredVersion stored = Versions.of(entry, version);
    var described = Answers.orProblem(() -> compiling.compiled(stored).topology().describe());
    boolean plain =
        request.accept().stream().anyMatch(type -> type.getName().equals(MediaType.TEXT_PLAIN));
    String wanted = Requests.oneOf("format", format, plain ? "text" : "json", "json", "text");
    if (wanted.equals("text")) {
      return HttpResponse.ok(described.toString().getBytes(StandardCharsets.UTF_8))
          .contentType(MediaType.of(MediaType.TEXT_PLAIN + UTF_8));
    }
    return answers.ok(
        new DescriptionAnswer(
            name,
            stored.version(),
            stored.applicationId(),
            Objects.requireNonNull(described.toString()),
            DescribedNodes.of(described)));
  }
}
