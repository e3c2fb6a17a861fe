package dev.foldstream.commandservice.processes;

import dev.foldstream.eventstore.process.QuarantinedInput;
import dev.foldstream.eventstore.process.UnroutedEvents;
import dev.foldstream.eventstore.process.UnroutedEvents.Retried;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.Problem;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import io.micronaut.configuration.kafka.annotation.KafkaClient;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Shows events whose process could not be told, and lets an operator route them again. */
@Controller("/processes/{process}/unrouted")
@Tag(name = "processes")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@ExecuteOn(TaskExecutors.BLOCKING)
public class UnroutedController {

  private static final int MAX_LISTED = 1_000;
  private static final long SEND_SECONDS = 10;

  private final Processes processes;
  private final Producer<byte[], byte[]> producer;

  UnroutedController(
      Processes processes, @KafkaClient("commands") Producer<byte[], byte[]> producer) {
    this.processes = processes;
    this.producer = producer;
  }

  @Get
  @Operation(summary = "The events whose process could not be told, because processId threw")
  @ApiResponse(
      responseCode = "200",
      description = "in the order of their places, at most 1,000",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "there is no such process type")
  public byte[] list(@PathVariable String process) {
    List<QuarantinedInput> open = asked(process, UnroutedEvents::open);
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("items");
          for (QuarantinedInput one : open.subList(0, Math.min(MAX_LISTED, open.size()))) {
            out.writeStartObject();
            out.writeStringField("topic", one.topic());
            out.writeNumberField("partition", one.partition());
            out.writeNumberField("offset", one.offset());
            out.writeStringField("storedAt", one.storedAt().toString());
            out.writeStringField("cause", one.cause());
            out.writeStringField("detail", one.detail());
            out.writeEndObject();
          }
          out.writeEndArray();
          out.writeNullField("next");
          out.writeBooleanField("more", open.size() > MAX_LISTED);
          out.writeEndObject();
        });
  }

  @Post("/retry")
  @Operation(
      summary = "Routes them again, with the code of today",
      description =
          "Each is read again and becomes an input of its process, behind whatever the process has taken since."
              + " Repeating it does no harm.")
  @ApiResponse(
      responseCode = "200",
      description = "how many were routed, are no concern after all, or failed again, and why",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @ApiResponse(responseCode = "404", description = "there is no such process type")
  public byte[] retry(@PathVariable String process) {
    Retried retried = asked(process, unrouted -> unrouted.retry(this::send));
    return JsonBytes.of(
        out -> {
          out.writeStartObject();
          out.writeNumberField("routed", retried.routed());
          out.writeNumberField("noConcern", retried.noConcern());
          out.writeNumberField("failed", retried.failed());
          out.writeStringField("firstFailure", retried.firstFailure());
          out.writeEndObject();
        });
  }

  private <T> T asked(String process, Function<UnroutedEvents, T> question) {
    try {
      return question.apply(processes.named(process).application().unrouted());
    } catch (KafkaUnreachableException unreachable) {
      throw new ProblemException(
          ProblemType.KAFKA_UNAVAILABLE, String.valueOf(unreachable.getMessage()));
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      var _ = producer.send(record).get(SEND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException failed) {
      throw new ProblemException(
          ProblemType.KAFKA_UNAVAILABLE,
          "Wanted to store what was routed; Kafka did not take it: " + failed.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemType.KAFKA_UNAVAILABLE, "The host stops");
    }
  }
}
