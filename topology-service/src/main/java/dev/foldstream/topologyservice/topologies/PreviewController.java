package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.preview.PreviewRequest;
import dev.foldstream.topologyservice.preview.Previews;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.running.Topologies;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries topologies on real events; nothing is run, written or registered. */
@Controller("/topologies/{name}/preview")
@Tag(name = "topologies")
public class PreviewController {

  private final Previews previews;
  private final Topologies topologies;
  private final Answers answers;
  private final RecordJson json;
  private final TopologiesSettings settings;

  PreviewController(
      Previews previews,
      Topologies topologies,
      Answers answers,
      RecordJson json,
      TopologiesSettings settings) {
    this.previews = previews;
    this.topologies = topologies;
    this.answers = answers;
    this.json = json;
    this.settings = settings;
  }

  @Post
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Try a document, or the live version, on events",
      description =
          "{document, last | from, to | events}. The document is an object or YAML in a string;"
              + " absent, it is the live version's. Events are the newest (1,000 when nothing is"
              + " said), those of a range of time, or some of the request: [{aggregate, type, id,"
              + " time?, data}]. Answers outputs, what was dropped where and why, failures, stores"
              + " at the end, and for another document how its outputs differ from those of the"
              + " live version.",
      requestBody =
          @RequestBody(
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(type = "object"))))
  @ApiResponse(
      responseCode = "200",
      description = "what came out",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "400", description = "the document is not valid")
  public HttpResponse<byte[]> preview(
      @PathVariable String name, @Parameter(hidden = true) HttpRequest<byte[]> request) {
    PreviewRequest wanted = PreviewRequest.parse(request.getBody().orElse(new byte[0]), json);
    String document = wanted.document();
    boolean object = document != null && document.stripLeading().startsWith("{");
    return answer(name, wanted, object ? Compiling.JSON : Documents.YAML);
  }

  @Post
  @Consumes({Documents.YAML, Documents.X_YAML, Documents.TEXT_YAML})
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(hidden = true)
  public HttpResponse<byte[]> previewOfDocument(
      @PathVariable String name,
      @QueryValue @Nullable Integer last,
      @Parameter(hidden = true) HttpRequest<byte[]> request) {
    Documents document = Documents.of(request, settings);
    return answer(
        name,
        new PreviewRequest(document.text(), last, null, null, List.of()),
        document.mediaType());
  }

  private HttpResponse<byte[]> answer(String name, PreviewRequest wanted, String mediaType) {
    answers.awaitComplete();
    Entry found = topologies.registry().find(name);
    Entry entry = found == null || found.head().deleted() ? null : found;
    Previews.Result result = Answers.orProblem(() -> previews.run(entry, wanted, mediaType));
    return HttpResponse.ok(JsonBytes.of(out -> PreviewJson.write(result, out)))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
