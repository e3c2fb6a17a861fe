package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.problem.Problem;
import dev.foldstream.topologyservice.answers.RunAnswer;
import dev.foldstream.topologyservice.answers.StepAnswer;
import dev.foldstream.topologyservice.positions.Positions;
import dev.foldstream.topologyservice.running.LagBoard;
import dev.foldstream.topologyservice.running.Run;
import dev.foldstream.topologyservice.running.Topologies;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/** Tells the numbers of one topology. */
@Controller("/topologies/{name}/metrics")
@Tag(name = "topologies")
public class MetricsController {

  private static final String STREAMS = "stream-";

  private final Topologies topologies;
  private final LagBoard lags;
  private final Positions positions;
  private final Answers answers;

  MetricsController(Topologies topologies, LagBoard lags, Positions positions, Answers answers) {
    this.topologies = topologies;
    this.lags = lags;
    this.positions = positions;
    this.answers = answers;
  }

  /** The numbers of a topology. */
  record MetricsAnswer(String name, List<RunMetrics> running) {}

  /**
   * Those of one version.
   *
   * @param processes that run it
   * @param kafkaStreams what Kafka Streams measures in this process, by {@code group/name}; the
   *     mean over threads, tasks and stores, or the sum of rates and totals
   */
  record RunMetrics(
      int version,
      String state,
      int processes,
      @Nullable Long lagEvents,
      Map<String, Long> lagByTopic,
      List<StepAnswer> steps,
      Map<String, Double> kafkaStreams) {}

  @Get
  @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "The metrics of a topology",
      description =
          "Lag over all processes; counts, rates and failures of each step, and what Kafka Streams"
              + " measures, of this process. For Prometheus see /prometheus.")
  @ApiResponse(
      responseCode = "200",
      description = "the numbers of each version that runs",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public HttpResponse<byte[]> metrics(@PathVariable String name) {
    answers.entry(name);
    List<RunMetrics> running =
        Answers.orProblem(() -> topologies.runs(name).stream().map(this::metrics).toList());
    return answers.ok(new MetricsAnswer(name, running));
  }

  private RunMetrics metrics(Run run) {
    var lag = lags.of(run).orElse(null);
    return new RunMetrics(
        run.version().version(),
        run.observed().state().name(),
        positions.members(run.version().applicationId()),
        lag == null ? null : lag.events(),
        lag == null ? Map.of() : lag.byTopic(),
        RunAnswer.steps(run.compiled(), run.tally()),
        measured(run.streams()));
  }

  private static Map<String, Double> measured(@Nullable KafkaStreams streams) {
    if (streams == null) {
      return Map.of();
    }
    var sums = new TreeMap<String, Double>();
    var counts = new TreeMap<String, Integer>();
    streams
        .metrics()
        .forEach(
            (name, metric) -> {
              if (name.group().startsWith(STREAMS)
                  && metric.metricValue() instanceof Number number
                  && Double.isFinite(number.doubleValue())) {
                String key = name.group() + "/" + name.name();
                sums.merge(key, number.doubleValue(), Double::sum);
                counts.merge(key, 1, Integer::sum);
              }
            });
    sums.replaceAll((key, sum) -> summed(key) ? sum : sum / counts.getOrDefault(key, 1));
    return sums;
  }

  private static boolean summed(String key) {
    return key.endsWith("-rate") || key.endsWith("-total") || key.endsWith("-count");
  }
}
