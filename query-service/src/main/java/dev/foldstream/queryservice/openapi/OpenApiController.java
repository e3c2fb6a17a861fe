package dev.foldstream.queryservice.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.queryservice.stores.ServedViews;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Describes this host: what it serves for every view, and its other addresses. */
@Controller("/openapi.json")
@Hidden
final class OpenApiController {

  /** What is known when the host is built: everything that is no view. */
  private static final String BUILT = "/META-INF/swagger/foldstream-query-service-v1.yml";

  private final byte[] document;

  OpenApiController(ServedViews views) {
    this.document = text(document(views));
  }

  @Get
  HttpResponse<byte[]> document() {
    return HttpResponse.ok(document);
  }

  private static ObjectNode document(ServedViews views) {
    ObjectNode document = built();
    ObjectNode paths = document.withObject("/paths");
    ObjectNode components = document.withObject("/components");
    SharedParts.addTo(components);
    paths.set("/views", list());
    for (ServedView view : views.all()) {
      new ViewPaths(view).addTo(paths, components.withObject("/schemas"));
    }
    return document;
  }

  private static ObjectNode list() {
    ObjectNode path = new ObjectMapper().createObjectNode();
    ObjectNode get = path.putObject("get");
    get.putArray("tags").add("views");
    get.put("summary", "The views, their columns, fields and stores");
    get.put("description", SharedParts.bounds());
    get.putObject("responses").putObject("200").put("description", "the views");
    return path;
  }

  private static ObjectNode built() {
    try (InputStream in = OpenApiController.class.getResourceAsStream(BUILT)) {
      if (in == null) {
        throw new IllegalStateException("the host was built without " + BUILT);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      return new ObjectMapper().valueToTree(read);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static byte[] text(ObjectNode document) {
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }
}
