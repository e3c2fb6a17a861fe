package dev.foldstream.topologyservice.topologies;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.eventstore.topics.KafkaUnreachableException;
import dev.foldstream.eventstore.topics.TopicMismatchException;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.registry.IncompatibleSchemaException;
import dev.foldstream.schemas.registry.SchemaRegistryUnavailableException;
import dev.foldstream.topologyservice.compiling.FaultyTopologyException;
import dev.foldstream.topologyservice.lifecycle.Refusals;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.LostRaceException;
import dev.foldstream.topologyservice.running.Topologies;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Answers as JSON, and failures as the problems they are. */
@Singleton
final class Answers {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final RecordJson json;
  private final Topologies topologies;

  Answers(RecordJson json, Topologies topologies) {
    this.json = json;
    this.topologies = topologies;
  }

  MutableHttpResponse<byte[]> ok(Record answer) {
    return HttpResponse.ok(JsonBytes.of(out -> json.write(answer, out)))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  MutableHttpResponse<byte[]> list(List<? extends Record> items) {
    return HttpResponse.ok(
            JsonBytes.of(
                out -> {
                  out.writeStartObject();
                  out.writeArrayFieldStart("items");
                  writeAll(items, out);
                  out.writeEndArray();
                  out.writeNullField("next");
                  out.writeEndObject();
                }))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }

  private void writeAll(List<? extends Record> items, JsonGenerator out) throws IOException {
    for (Record item : items) {
      json.write(item, out);
    }
  }

  String text(Record answer) {
    return json.text(answer);
  }

  /** A registered topology. */
  Entry entry(String name) {
    awaitComplete();
    return Refusals.existing(name, topologies.registry().find(name));
  }

  void awaitComplete() {
    if (!topologies.registry().complete()) {
      throw new ProblemException(
              ProblemType.STILL_STARTING, "The registry is being read; nothing is known of it yet")
          .retryAfter(Duration.ofSeconds(1));
    }
  }

  /** Does it, and says in problems why it could not be done. */
  static <T> T orProblem(Supplier<T> work) {
    try {
      return work.get();
    } catch (FaultyTopologyException faulty) {
      throw Refusals.faulty(faulty);
    } catch (LostRaceException lost) {
      throw new ProblemException(ProblemType.LOST_RACE, String.valueOf(lost.getMessage()));
    } catch (KafkaUnreachableException | org.apache.kafka.common.errors.TimeoutException away) {
      throw new ProblemException(ProblemType.KAFKA_UNAVAILABLE, String.valueOf(away.getMessage()))
          .retryAfter(RETRY_AFTER);
    } catch (SchemaRegistryUnavailableException away) {
      throw new ProblemException(
              ProblemType.SCHEMA_REGISTRY_UNAVAILABLE, String.valueOf(away.getMessage()))
          .retryAfter(RETRY_AFTER);
    } catch (TopicMismatchException | IncompatibleSchemaException wrong) {
      throw new ProblemException(ProblemType.NOT_POSSIBLE_NOW, String.valueOf(wrong.getMessage()));
    }
  }
}
