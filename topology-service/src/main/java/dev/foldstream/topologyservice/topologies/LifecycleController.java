package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.topologyservice.answers.TopologyAnswer;
import dev.foldstream.topologyservice.lifecycle.Begin;
import dev.foldstream.topologyservice.lifecycle.Promotion;
import dev.foldstream.topologyservice.lifecycle.Resets;
import dev.foldstream.topologyservice.lifecycle.Switches;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Topologies;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes topologies through their life. */
@Controller("/topologies/{name}")
@Tag(name = "topologies")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class LifecycleController {

  private static final String BY = TopologyController.ANONYMOUS;

  private final Switches switches;
  private final Promotion promotion;
  private final Resets resets;
  private final Topologies topologies;
  private final LagBoard lags;
  private final Answers answers;

  LifecycleController(
      Switches switches,
      Promotion promotion,
      Resets resets,
      Topologies topologies,
      LagBoard lags,
      Answers answers) {
    this.switches = switches;
    this.promotion = promotion;
    this.resets = resets;
    this.topologies = topologies;
    this.lags = lags;
    this.answers = answers;
  }

  /**
   * A promotion that is done.
   *
   * @param lagEvents of the candidate when it was asked for
   * @param givenTwice events whose results both versions wrote to the sinks
   */
  record PromotedAnswer(String name, int live, long lagEvents, long givenTwice) {}

  /**
   * A reset, done or planned.
   *
   * @param version that reads again; null in a dry run
   * @param readAgain events that are read a second time, by topic; their results are given again
   * @param leftOut events that no version reads, by topic
   * @param tables topics that are read from their beginning whatever the time
   */
  record ResetAnswer(
      String name,
      @Nullable Integer version,
      Map<String, Long> readAgain,
      Map<String, Long> leftOut,
      List<String> tables) {}

  @Post("/pause")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Stop a topology everywhere, until it is resumed",
      description = "Positions and state are kept, also over restarts.")
  @ApiResponse(responseCode = "200", description = "the topology")
  public HttpResponse<byte[]> pause(@PathVariable String name) {
    return changed(name, () -> switches.pause(name, BY));
  }

  @Post("/resume")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Let a topology go on where it stopped",
      description = "A version that is parked is tried again.")
  @ApiResponse(responseCode = "200", description = "the topology")
  public HttpResponse<byte[]> resume(@PathVariable String name) {
    return changed(name, () -> switches.resume(name, BY));
  }

  @Post("/rollback")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Go back to the version that was live before",
      description =
          "At once, when it shares its state with the live one. Otherwise it runs beside the live"
              + " version from where it stopped, and is promoted like any candidate.")
  @ApiResponse(responseCode = "200", description = "the topology")
  @ApiResponse(responseCode = "409", description = "there is none, or a candidate runs")
  public HttpResponse<byte[]> rollBack(@PathVariable String name) {
    return changed(name, () -> switches.rollBack(name, BY));
  }

  @Post("/cancel")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(summary = "Give up the version that runs beside the live one")
  @ApiResponse(responseCode = "200", description = "the topology")
  @ApiResponse(responseCode = "409", description = "there is none")
  public HttpResponse<byte[]> cancel(@PathVariable String name) {
    return changed(name, () -> switches.cancel(name, BY));
  }

  @Post("/promote")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Make the version that runs beside the live one live",
      description =
          "When it is at most foldstream.topologies.promote-lag events behind, or with force=true."
              + " No event is left out of the sinks; the few that both versions had read are in"
              + " them as each sees them, and their number is told.")
  @ApiResponse(responseCode = "200", description = "done")
  @ApiResponse(responseCode = "409", description = "no candidate, too far behind, or not in time")
  public HttpResponse<byte[]> promote(
      @PathVariable String name, @QueryValue @Nullable Boolean force) {
    answers.awaitComplete();
    boolean forced = force != null && force;
    Promotion.Promoted done = Answers.orProblem(() -> promotion.promote(name, forced, BY));
    return answers.ok(new PromotedAnswer(name, done.version(), done.lag(), done.givenTwice()));
  }

  @Post("/reset")
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "Read again from a time",
      description =
          "Makes a next version with the same text that begins at `from` (beginning, now, or a"
              + " time) without state, and is live at once. dryRun=true only tells what would be"
              + " read again, whose results the sinks would get a second time.")
  @ApiResponse(responseCode = "200", description = "what is read again and what is left out")
  @ApiResponse(responseCode = "409", description = "a candidate runs")
  public HttpResponse<byte[]> reset(
      @PathVariable String name, @QueryValue String from, @QueryValue @Nullable Boolean dryRun) {
    answers.entry(name);
    Begin begin = Begin.parse(from);
    Resets.Planned planned = Answers.orProblem(() -> resets.plan(name, begin));
    Integer version =
        dryRun != null && dryRun
            ? null
            : Answers.orProblem(() -> resets.reset(name, begin, BY)).head().live();
    return answers.ok(
        new ResetAnswer(name, version, planned.readAgain(), planned.leftOut(), planned.tables()));
  }

  private HttpResponse<byte[]> changed(String name, Supplier<Entry> change) {
    answers.awaitComplete();
    Entry entry = Answers.orProblem(change);
    return answers.ok(TopologyAnswer.of(entry, topologies.runs(name), lags));
  }
}
