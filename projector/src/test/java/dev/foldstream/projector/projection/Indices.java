package dev.foldstream.projector.projection;

import dev.foldstream.devservices.DevServices;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Indices on the Elasticsearch of the tests. */
public final class Indices {

  private static final int MAX_VERSIONS = 5;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Indices() {}

  /** Leaves nothing of the views of {@code LibraryDomain}, nor of what is kept of them. */
  public static void deleteViews() throws Exception {
    var names =
        new ArrayList<>(
            List.of(
                "foldstream-positions",
                "foldstream-quarantine",
                "foldstream-pauses",
                "foldstream-rebuilds"));
    for (int version = 1; version <= MAX_VERSIONS; version++) {
      names.add("library-copies-v" + version);
      names.add("library-totals-v" + version);
    }
    send("DELETE", "/" + String.join(",", names) + "?ignore_unavailable=true", "");
  }

  public static boolean exists(String name) throws Exception {
    return send("GET", "/" + name, "") == 200;
  }

  /** What a full disk does to an index, and undoes. */
  public static void readOnly(String name, boolean blocked) throws Exception {
    send(
        "PUT",
        "/" + name + "/_settings",
        "{\"index.blocks.read_only_allow_delete\": %s}".formatted(blocked ? "true" : "null"));
  }

  private static int send(String method, String path, String body) throws Exception {
    var address = URI.create(DevServices.shared().elasticsearch().url() + path);
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
  }
}
