package dev.foldstream.schemas.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.schemas.compatibility.SchemaDifferences;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A client of Confluent's REST interface, version 7, which other registries offer as well. For all
 * threads; schemas found by id are kept, because an id never changes its meaning.
 */
public final class ConfluentSchemaRegistry implements SchemaRegistry {

  /** How many schemas are kept by id; beyond it the registry is asked each time. */
  static final int MAX_CACHED_SCHEMAS = 10_000;

  private static final int FIRST_ID = 1;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;

  private final RegistryRequests requests;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

  /**
   * A client that asks this registry.
   *
   * @param baseUrl before {@code /subjects}, for instance {@code
   *     http://registry:8080/apis/ccompat/v7}
   */
  public ConfluentSchemaRegistry(URI baseUrl) {
    this.requests = new RegistryRequests(baseUrl);
  }

  @Override
  public int register(String subject, Schema schema) {
    var answer = requests.post("/subjects/" + encoded(subject) + "/versions", body(schema));
    if (answer.status() == CONFLICT || answer.status() == UNPROCESSABLE) {
      throw new IncompatibleSchemaException(subject, explained(subject, schema, answer.message()));
    }
    int id = answer.expect(OK, "id").asInt();
    remember(id, schema);
    return id;
  }

  @Override
  public OptionalInt find(String subject, Schema schema) {
    var answer = requests.post("/subjects/" + encoded(subject), body(schema));
    if (answer.status() == NOT_FOUND) {
      return OptionalInt.empty();
    }
    int id = answer.expect(OK, "id").asInt();
    remember(id, schema);
    return OptionalInt.of(id);
  }

  @Override
  public Schema schema(int id) {
    @Nullable Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    if (id < FIRST_ID) {
      throw new UnknownSchemaException(id);
    }
    var answer = requests.get("/schemas/ids/" + id);
    if (answer.status() == NOT_FOUND) {
      throw new UnknownSchemaException(id);
    }
    var schema = parsed(answer);
    remember(id, schema);
    return schemas.getOrDefault(id, schema);
  }

  @Override
  public void compatibility(String subject, String level) {
    var body = JsonNodeFactory.instance.objectNode().put("compatibility", level);
    requests.put("/config/" + encoded(subject), body).expect(OK);
  }

  @Override
  public Optional<String> incompatibility(String subject, Schema schema) {
    var versions = isTransitive(subject) ? "/versions" : "/versions/latest";
    var path = "/compatibility/subjects/" + encoded(subject) + versions + "?verbose=true";
    var answer = requests.post(path, body(schema));
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    var body = answer.expect(OK);
    if (body.path("is_compatible").asBoolean()) {
      return Optional.empty();
    }
    return Optional.of(explained(subject, schema, body.path("messages").toString()));
  }

  @Override
  public List<Schema> versions(String subject) {
    var path = "/subjects/" + encoded(subject) + "/versions";
    var answer = requests.get(path);
    if (answer.status() == NOT_FOUND) {
      return List.of();
    }
    var versions = new ArrayList<Schema>();
    for (var number : answer.expect(OK)) {
      versions.add(parsed(requests.get(path + "/" + number.asInt())));
    }
    return versions;
  }

  @Override
  public List<String> subjects() {
    var names = new ArrayList<String>();
    requests.get("/subjects").expect(OK).forEach(name -> names.add(name.asText()));
    return names.stream().sorted().toList();
  }

  /** Not every registry chooses by the level which versions it compares with. */
  private boolean isTransitive(String subject) {
    var answer = requests.get("/config/" + encoded(subject) + "?defaultToGlobal=true");
    return answer.status() == OK
        && answer.body().path("compatibilityLevel").asText().endsWith("_TRANSITIVE");
  }

  /** The registry's own words name positions at best; ours name the fields. */
  private String explained(String subject, Schema schema, String otherwise) {
    var reasons =
        versions(subject).stream()
            .flatMap(version -> SchemaDifferences.between(schema, version).stream())
            .distinct()
            .toList();
    return reasons.isEmpty() ? otherwise : String.join("; ", reasons);
  }

  private void remember(int id, Schema schema) {
    if (schemas.size() < MAX_CACHED_SCHEMAS) {
      schemas.putIfAbsent(id, schema);
    }
  }

  private static Schema parsed(RegistryRequests.Answer answer) {
    return new Schema.Parser().parse(answer.expect(OK, "schema").asText());
  }

  private static ObjectNode body(Schema schema) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("schema", schema.toString())
        .put("schemaType", "AVRO");
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8);
  }
}
