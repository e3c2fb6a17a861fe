package dev.foldstream.quickstart.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Registers the topologies that the example brings with it, as a user would. */
public final class ShippedTopologies {

  /** Where they lie in the repository. */
  public static final String FOLDER = "commerce/src/main/resources/META-INF/topologies/commerce";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FIRST_FAILURE = 300;
  private static final String SUFFIX = ".yaml";

  private final URI topologyService;
  private final Consumer<String> report;

  public ShippedTopologies(URI topologyService, Consumer<String> report) {
    this.topologyService = topologyService;
    this.report = report;
  }

  /** Registers every definition of a folder; what is there already makes no other version. */
  public void register(Path folder) {
    try (var client = HttpClient.newHttpClient();
        Stream<Path> files = Files.list(folder)) {
      List<Path> definitions =
          files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
      for (Path definition : definitions) {
        register(client, definition);
      }
    } catch (IOException failed) {
      report.accept("topologies: not registered, " + failed);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void register(HttpClient client, Path definition)
      throws IOException, InterruptedException {
    String file = definition.getFileName().toString();
    String path = "/topologies/" + file.substring(0, file.length() - SUFFIX.length());
    HttpRequest request =
        HttpRequest.newBuilder(topologyService.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/yaml")
            .PUT(BodyPublishers.ofFile(definition))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    report.accept(
        answer.statusCode() < FIRST_FAILURE
            ? "topologies: %s%s".formatted(topologyService, path)
            : "topologies: %s was refused: %s".formatted(path, answer.body()));
  }
}
