package dev.foldstream.queryservice.changes;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import dev.foldstream.queryservice.stores.ViewStores;
import dev.foldstream.queryservice.waits.TokenWaits;
import dev.foldstream.viewstore.changes.ChangeCursor;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** {@code GET /views/{view}/changes}. */
@Controller("/views/{view}/changes")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "views")
final class ChangesController {

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final ServedViews views;
  private final ViewStores stores;
  private final TokenWaits waits;
  private final ChangeStreams streams;

  ChangesController(ServedViews views, ViewStores stores, TokenWaits waits, ChangeStreams streams) {
    this.views = views;
    this.stores = stores;
    this.waits = waits;
    this.streams = streams;
  }

  @Get(produces = MediaType.TEXT_EVENT_STREAM)
  @Operation(
      summary = "The changes of a view as server-sent events",
      description =
          "'open' says where the stream begins; 'change' has {key, revision, row}, the row null when it"
              + " is gone; 'reset' says that changes were missed and rows have to be read again;"
              + " 'heartbeat' says nothing. Rows are told as they are when they are read, so several"
              + " changes can be one. Filter with key=, and with conditions as a page takes them. A stream goes on behind"
              + " Last-Event-ID, or begins behind a Foldstream-Token.",
      parameters =
          @Parameter(
              name = LAST_EVENT_ID,
              in = ParameterIn.HEADER,
              description = "the id of the last event that was seen",
              schema = @Schema(implementation = String.class)))
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM,
              schema = @Schema(implementation = String.class)))
  @ApiResponse(
      responseCode = "400",
      description = "invalid-query, invalid-token",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @ApiResponse(responseCode = "404", description = "unknown-view, not-found")
  @ApiResponse(responseCode = "503", description = "view-behind, view-stalled, too-busy")
  Publisher<Event<String>> changes(String view, @Parameter(hidden = true) HttpRequest<?> request) {
    ServedView served = views.named(view);
    if (!served.stores().contains(ViewStoreKind.POSTGRESQL)) {
      throw new ProblemException(
          ProblemType.NOT_FOUND,
          "Changes are told of views in PostgreSQL; '%s' is kept in %s"
              .formatted(served.address(), served.stores()));
    }
    WantedRows wanted = WantedRows.read(served, request.getParameters().asMap());
    ChangeCursor after = after(request.getHeaders().get(LAST_EVENT_ID));
    var asked = waits.asked(request);
    if (!asked.none()) {
      waits.await(served, stores.access(ViewStoreKind.POSTGRESQL), asked);
    }
    return streams.stream(served, wanted, after, asked.token());
  }

  private static @Nullable ChangeCursor after(@Nullable String id) {
    if (id == null) {
      return null;
    }
    return ChangeEvents.cursor(id)
        .orElseThrow(
            () -> {
              String detail =
                  "%s is the id of an event of this stream, unchanged; this is none"
                      .formatted(LAST_EVENT_ID);
              return new ProblemException(ProblemType.INVALID_TOKEN, detail)
                  .fault(Fault.header(LAST_EVENT_ID, detail));
            });
  }
}
