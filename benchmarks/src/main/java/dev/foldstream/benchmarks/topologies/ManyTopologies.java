package dev.foldstream.benchmarks.topologies;

import dev.foldstream.benchmarks.load.HostProcess;
import dev.foldstream.benchmarks.load.Median;
import dev.foldstream.benchmarks.load.ProcessorTime;
import dev.foldstream.benchmarks.read.Runs;
import dev.foldstream.commerce.CommerceDomain;
import dev.foldstream.devservices.DevServices;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fifty topologies in one topology-service: how soon each runs, and what they hold together. */
final class ManyTopologies {

  private static final int TOPOLOGIES = 50;
  private static final int ORDERS = 20_000;
  private static final List<String> HEAP = List.of("-Xms128m", "-Xmx640m", "-XX:+UseSerialGC");
  private static final List<String> DOCUMENTS =
      List.of(TopologyContender.FILTER, TopologyContender.WINDOW, "unusual-orders");
  private static final double BYTES_A_MEBIBYTE = 1024.0 * 1024.0;

  private final HttpClient client = HttpClient.newHttpClient();
  private final HostProcess service;

  private ManyTopologies(HostProcess service) {
    this.service = service;
  }

  static void measure(Path directory, DevServices services, Orders orders) throws Exception {
    try (var service =
        HostProcess.start(
            "topology-service",
            directory,
            services,
            HEAP,
            List.of(CommerceDomain.class),
            Map.of())) {
      new ManyTopologies(service).measure(orders);
    }
  }

  private void measure(Orders orders) throws Exception {
    System.out.println(
        "| topologies | PUT to running, median s | longest s | resident MiB |\n|---|---|---|---|");
    print(0, List.of(0.0));
    var seconds = new ArrayList<Double>();
    for (int number = 0; number < TOPOLOGIES; number++) {
      seconds.add(registered(number));
    }
    print(TOPOLOGIES, seconds);
    orders.write(Orders.COUNT, Orders.COUNT + ORDERS);
    Runs.await("all orders in all topologies", 500, this::caughtUp);
    System.out.printf("%d more orders later:%n", ORDERS);
    print(TOPOLOGIES, seconds);
  }

  private void print(int count, List<Double> seconds) {
    System.out.printf(
        Locale.ROOT,
        "| %d | %.2f | %.2f | %.0f |%n",
        count,
        Median.of(seconds, Double::doubleValue),
        seconds.stream().mapToDouble(Double::doubleValue).max().orElse(0),
        ProcessorTime.residentBytes(service.pid()) / BYTES_A_MEBIBYTE);
  }

  private double registered(int number) throws Exception {
    String document = DOCUMENTS.get(number % DOCUMENTS.size());
    String name = document + "-" + number;
    String text =
        TopologyContender.text(document)
            .replace("name: " + document, "name: " + name)
            .replace("topic: commerce." + document, "topic: commerce." + name);
    long started = System.nanoTime();
    var answer =
        client.send(
            request("/topologies/" + name + "?from=now")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(text))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IllegalStateException(answer.body());
    }
    Runs.await(name, 20, () -> get("/topologies/" + name).contains("\"state\":\"RUNNING\""));
    return (System.nanoTime() - started) / 1e9;
  }

  private boolean caughtUp() throws IOException, InterruptedException {
    String answer = get("/topologies");
    return answer.split("\"lagEvents\":[0-9]{1,2}[,}]", -1).length > TOPOLOGIES;
  }

  private String get(String path) throws IOException, InterruptedException {
    return client.send(request(path).GET().build(), BodyHandlers.ofString()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(service.uri() + path));
  }
}
