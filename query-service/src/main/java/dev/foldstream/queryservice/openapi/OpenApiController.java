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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Describes this host: what it serves for every view, and its other addresses. */
@Controller("/openapi.json")
@Hidden
final class OpenApiController {

  /** What is known when the host is built: everything that is no view. */
  private static final String BUILT = "/META-INF/swagger/foldstream-query-service-v1.yml";

  private final ServedViews views;
  private volatile @Nullable Described described;

  /** A document, and the views that it is of. */
  private record Described(List<ServedView> views, String document) {}

  OpenApiController(ServedViews views) {
    this.views = views;
  }

  @Get
  HttpResponse<byte[]> document() {
    List<ServedView> now = views.all();
    Described known = described;
    if (known == null || !known.views().equals(now)) {
      known = new Described(now, document(now).toString());
      described = known;
    }
    return HttpResponse.ok(known.document().getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode document(List<ServedView> views) {
    ObjectNode document = built();
    ObjectNode paths = document.withObject("/paths");
    ObjectNode components = document.withObject("/components");
    SharedParts.addTo(components);
    paths.set("/views", list());
    for (ServedView view : views) {
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
}
