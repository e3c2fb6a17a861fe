package dev.foldstream.commandservice.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.host.domains.FoundAggregate;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.domains.FoundProcess;
import dev.foldstream.host.domains.FoundView;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.kernel.Domain;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.json.RecordJson;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists what this installation is made of. */
@Controller("/catalog")
@Tag(name = "catalog")
public class CatalogController {

  private final FoundDomains domains;
  private final SchemaFiles files;
  private final RecordJson json;
  private volatile byte @Nullable [] written;

  CatalogController(FoundDomains domains, SchemaFiles files, RecordJson json) {
    this.domains = domains;
    this.files = files;
    this.json = json;
  }

  @Get
  @Produces(MediaType.APPLICATION_JSON)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Operation(
      summary = "What can be asked",
      description =
          "Domains with their aggregates, the JSON Schemas of their commands and events, their topics;"
              + " their processes with what they follow and the JSON Schema of their progress; and"
              + " their views with the JSON Schema of a row. Does not change while the host runs.")
  @ApiResponse(
      responseCode = "200",
      description = "the catalog",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  public byte[] catalog() {
    byte[] known = written;
    if (known == null) {
      known = JsonBytes.of(this::write);
      written = known;
    }
    return known;
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("domains");
    for (Domain domain : domains.all()) {
      domain(domain, out);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void domain(Domain domain, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", domain.name());
    out.writeArrayFieldStart("aggregates");
    for (FoundAggregate aggregate : domains.aggregates()) {
      if (aggregate.domain().equals(domain.name())) {
        aggregate(aggregate, out);
      }
    }
    out.writeEndArray();
    out.writeArrayFieldStart("processes");
    for (FoundProcess process : domains.processes()) {
      if (process.domain().equals(domain.name())) {
        process(process, out);
      }
    }
    out.writeEndArray();
    out.writeArrayFieldStart("views");
    for (FoundView view : domains.views()) {
      if (view.domain().equals(domain.name())) {
        view(view, out);
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void aggregate(FoundAggregate aggregate, JsonGenerator out) throws IOException {
    String domain = aggregate.domain();
    String name = aggregate.name();
    out.writeStartObject();
    out.writeStringField("name", name);
    out.writeObjectFieldStart("topics");
    out.writeStringField("commands", TopicNames.commands(domain, name));
    out.writeStringField("events", TopicNames.events(domain, name));
    out.writeStringField("outcomes", TopicNames.outcomes(domain, name));
    out.writeStringField("quarantine", TopicNames.quarantine(domain, name));
    out.writeEndObject();
    String address = "/commands/" + domain + "/" + name + "/{id}/";
    records("commands", aggregate.commands(), address, out);
    records("events", aggregate.events(), null, out);
    out.writeEndObject();
  }

  private void process(FoundProcess process, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", process.name());
    out.writeObjectFieldStart("topics");
    out.writeStringField("events", process.eventsTopic());
    out.writeEndObject();
    texts("follows", process.aggregates().stream().map(FoundAggregate::eventsTopic).toList(), out);
    records("events", process.events(), null, out);
    out.writeEndObject();
  }

  private void records(
      String field,
      Map<String, Class<? extends Record>> records,
      @Nullable String address,
      JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (var record : records.entrySet()) {
      out.writeStartObject();
      out.writeStringField("name", record.getKey());
      out.writeStringField("type", files.typeName(record.getValue()));
      if (address != null) {
        out.writeStringField("address", address + record.getKey());
      }
      schema(record.getValue(), out);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void view(FoundView view, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", view.name());
    out.writeStringField("address", "/views/" + view.address());
    out.writeNumberField("version", view.feature().version());
    out.writeArrayFieldStart("stores");
    for (var store : view.feature().stores().stream().sorted().toList()) {
      out.writeString(store.name());
    }
    out.writeEndArray();
    texts("follows", view.topics(), out);
    schema(view.feature().row(), out);
    out.writeEndObject();
  }

  private static void texts(String field, List<String> texts, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private void schema(Class<?> type, JsonGenerator out) throws IOException {
    out.writeFieldName("schema");
    out.writeRawValue(json.jsonSchema(type).toString());
  }
}
