package dev.foldstream.topologyservice.topologies;

import dev.foldstream.topologyservice.watching.Changes;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Follows the changes of all topologies. */
@Controller("/topologies/changes")
@Tag(name = "topologies")
public class ChangesController {

  /** Keeps proxies from closing a stream on which nothing happens. */
  private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(15);

  private final Changes changes;
  private final Answers answers;

  ChangesController(Changes changes, Answers answers) {
    this.changes = changes;
    this.answers = answers;
  }

  @Get
  @Produces(MediaType.TEXT_EVENT_STREAM)
  @Operation(
      summary = "Topologies as they change, as server-sent events",
      description =
          "First every topology as it is, then each whose wish or state changes: event `topology`,"
              + " data as in the list. One that was deleted comes a last time, DELETED. Whoever"
              + " connects again begins with everything as it is then.")
  @ApiResponse(
      responseCode = "200",
      description = "events without end",
      content =
          @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(type = "string")))
  public Publisher<Event<String>> follow() {
    answers.awaitComplete();
    Flux<Event<String>> lines =
        changes
            .follow()
            .map(
                line ->
                    Event.of(answers.text(line))
                        .name("topology")
                        .id(line.name() + ":" + line.revision()));
    Flux<Event<String>> signs =
        Flux.interval(BETWEEN_SIGNS).map(tick -> Event.of("{}").name("sign-of-life"));
    return lines.mergeWith(signs);
  }
}
