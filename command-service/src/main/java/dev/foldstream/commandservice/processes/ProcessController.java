package dev.foldstream.commandservice.processes;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.commandservice.processes.Processes.RunProcess;
import dev.foldstream.eventstore.process.Group;
import dev.foldstream.eventstore.process.HelplessProcess;
import dev.foldstream.eventstore.process.ProcessApplication;
import dev.foldstream.eventstore.process.ProcessRetries;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.kernel.AggregateId;
import dev.foldstream.kernel.Metadata;
import io.micronaut.configuration.kafka.annotation.KafkaClient;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Shows processes that need help, in all instances, and lets an operator try them again. */
@Controller("/processes")
@Tag(name = "processes")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@ExecuteOn(TaskExecutors.BLOCKING)
public class ProcessController {

  private static final int USUAL_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;
  private static final long SEND_SECONDS = 10;

  private final Processes processes;
  private final Producer<byte[], byte[]> producer;

  ProcessController(
      Processes processes, @KafkaClient("commands") Producer<byte[], byte[]> producer) {
    this.processes = processes;
    this.producer = producer;
  }

  @Get
  @Operation(
      summary = "The process types",
      description =
          "How each does in this instance, how many processes there are in all instances by outcome,"
              + " and how many records wait to be taken.")
  @ApiResponse(
      responseCode = "200",
      description = "the types",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public byte[] types() {
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("items");
          for (RunProcess process : processes.all()) {
            type(process, out);
          }
          out.writeEndArray();
          out.writeNullField("next");
          out.writeEndObject();
        });
  }

  private void type(RunProcess process, JsonGenerator out) throws IOException {
    ProcessApplication application = process.application();
    out.writeStartObject();
    out.writeStringField("domain", application.domain());
    out.writeStringField("name", application.process().name());
    out.writeBooleanField("enabled", process.enabled());
    out.writeStringField("state", application.health().state().name());
    out.writeArrayFieldStart("partitions");
    for (int partition : application.health().partitions()) {
      out.writeNumber(partition);
    }
    out.writeEndArray();
    counts(application, out);
    out.writeNumberField("lag", lag(application));
    out.writeEndObject();
  }

  private static long lag(ProcessApplication application) {
    try {
      return application.lag();
    } catch (KafkaUnreachableException | KafkaException unreachable) {
      throw new ProblemException(
          ProblemType.KAFKA_UNAVAILABLE, String.valueOf(unreachable.getMessage()));
    }
  }

  private void counts(ProcessApplication application, JsonGenerator out) throws IOException {
    var sums = new EnumMap<Group, Long>(Group.class);
    for (var summary : processes.statuses().summaries(application)) {
      sums.merge(Group.RUNNING, summary.running(), Long::sum);
      sums.merge(Group.COMPENSATING, summary.compensating(), Long::sum);
      sums.merge(Group.DONE, summary.done(), Long::sum);
      sums.merge(Group.COMPENSATED, summary.compensated(), Long::sum);
      sums.merge(Group.FAILED, summary.failed(), Long::sum);
      sums.merge(Group.STANDING_STILL, summary.standingStill(), Long::sum);
    }
    out.writeObjectFieldStart("counts");
    for (Group group : Group.values()) {
      out.writeNumberField(group.name(), sums.getOrDefault(group, 0L));
    }
    out.writeEndObject();
  }

  @Get("/{process}{?outcome,limit}")
  @Operation(
      summary = "The processes of a type that need help",
      description =
          "FAILED told that they failed; STANDING_STILL are those whose manager threw, with the cause."
              + " All others are in the view that follows the process's events.")
  @ApiResponse(
      responseCode = "200",
      description = "in order of id",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "there is no such process type")
  public byte[] helpless(
      @PathVariable String process,
      @QueryValue @Nullable String outcome,
      @QueryValue @Nullable Integer limit) {
    ProcessApplication application = find(process).application();
    Group group = group(outcome);
    int most = limit(limit);
    List<HelplessProcess> found =
        processes.statuses().helpless(application).stream()
            .filter(it -> group == null || it.group().equals(group.name()))
            .toList();
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("items");
          for (HelplessProcess one : found.subList(0, Math.min(most, found.size()))) {
            item(one, out);
          }
          out.writeEndArray();
          out.writeNullField("next");
          out.writeBooleanField(
              "more", found.size() > most || processes.statuses().full(application));
          out.writeEndObject();
        });
  }

  private static @Nullable Group group(@Nullable String outcome) {
    if (outcome == null) {
      return null;
    }
    return switch (outcome) {
      case "FAILED" -> Group.FAILED;
      case "STANDING_STILL" -> Group.STANDING_STILL;
      default ->
          throw new ProblemException(
                  ProblemType.INVALID_QUERY,
                  "Here are processes that are FAILED or STANDING_STILL; found '%s'. All others are in the view that follows the process."
                      .formatted(outcome))
              .fault(Fault.parameter("outcome", "FAILED or STANDING_STILL"));
    };
  }

  private static int limit(@Nullable Integer limit) {
    if (limit == null) {
      return USUAL_LIMIT;
    }
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ProblemException(
              ProblemType.INVALID_QUERY,
              "The limit is 1 to %d; found %d".formatted(MAX_LIMIT, limit))
          .fault(Fault.parameter("limit", "1 to " + MAX_LIMIT));
    }
    return limit;
  }

  @Get("/{process}/{id}")
  @Operation(
      summary = "One process that needs help",
      description = "404 when it needs none, or is not there: its view has it in any case.")
  @ApiResponse(
      responseCode = "200",
      description = "the process",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "it needs no help")
  public byte[] one(@PathVariable String process, @PathVariable String id) {
    HelplessProcess found =
        processes
            .statuses()
            .find(find(process).application(), id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemType.NOT_FOUND,
                        "No process '%s' of type '%s' has failed or stands still"
                            .formatted(id, process)));
    return JsonBytes.of(out -> item(found, out));
  }

  private static void item(HelplessProcess process, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("id", process.processId());
    out.writeStringField("outcome", process.group());
    out.writeStringField("cause", process.cause());
    out.writeStringField("detail", process.detail());
    out.writeStringField("since", process.since().toString());
    out.writeNumberField("held", process.held());
    out.writeBooleanField("canBeRetried", process.canBeRetried());
    out.writeEndObject();
  }

  @Post("/{process}/{id}/retry")
  @Operation(
      summary = "Tries a process again",
      description =
          "One that stands still takes the input that was set aside and those held behind it, in"
              + " order; one that told that it failed hears of the retry. The wish is a record of the"
              + " inputs topic.")
  @ApiResponse(
      responseCode = "202",
      description = "the wish is recorded; Location is where to look",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "there is no such process type")
  @ApiResponse(
      responseCode = "409",
      description = "the process needs no help, or cannot be retried")
  public HttpResponse<byte[]> retry(@PathVariable String process, @PathVariable String id) {
    ProcessApplication application = find(process).application();
    check(application, id);
    String retryId = UUID.randomUUID().toString();
    send(application, id, retryId);
    byte[] body =
        JsonBytes.of(
            out -> {
              out.writeStartObject();
              out.writeStringField("retryId", retryId);
              out.writeStringField("process", application.process().name());
              out.writeStringField("id", id);
              out.writeEndObject();
            });
    return HttpResponse.accepted()
        .body(body)
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .header("Location", "/processes/" + process + "/" + id);
  }

  private void check(ProcessApplication application, String id) {
    AggregateId.fault(id)
        .ifPresent(
            fault -> {
              throw new ProblemException(
                      ProblemType.INVALID_REQUEST, "The process id is not one: " + fault)
                  .fault(Fault.parameter("id", fault));
            });
    var known = processes.statuses().find(application, id);
    if (known.isEmpty() && !processes.statuses().full(application)) {
      throw new ProblemException(
          ProblemType.NOT_POSSIBLE_NOW,
          "A process that has failed or stands still can be retried; '%s' does neither"
              .formatted(id));
    }
    if (known.isPresent() && !known.get().canBeRetried()) {
      throw new ProblemException(
          ProblemType.NOT_POSSIBLE_NOW,
          "Process '%s' cannot be retried: more inputs came while it stood still than are held; those that were not are in the quarantine topic"
              .formatted(id));
    }
  }

  private void send(ProcessApplication application, String id, String retryId) {
    var record =
        ProcessRetries.record(
            application.domain(),
            application.process().name(),
            id,
            application.partitions(),
            retryId,
            Metadata.ANONYMOUS);
    try {
      var _ = producer.send(record).get(SEND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException failed) {
      throw new ProblemException(
          ProblemType.KAFKA_UNAVAILABLE,
          "Wanted to record the retry; Kafka did not take it: " + failed.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemType.KAFKA_UNAVAILABLE, "The host stops");
    }
  }

  private RunProcess find(String name) {
    return processes.named(name);
  }
}
