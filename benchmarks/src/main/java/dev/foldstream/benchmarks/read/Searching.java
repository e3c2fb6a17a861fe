package dev.foldstream.benchmarks.read;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import java.util.List;

/** The projector's worker catches up with the log, into Elasticsearch. */
final class Searching implements Runs.Contender {

  private final ReadParts parts;
  private final Views views;
  private final ElasticsearchViewStore store;
  private final Changes changes = new Changes();

  Searching(ReadParts parts) {
    this.parts = parts;
    this.views = new Views(parts);
    this.store = views.elasticsearch();
  }

  @Override
  public List<Throughput> run(int number) throws Exception {
    // A run before may have left a view of the same name.
    String name = "search-%d-%d".formatted(ProcessHandle.current().pid(), number);
    var target =
        Views.target(
            Views.view(name, ViewStoreKind.ELASTICSEARCH), ViewStoreKind.ELASTICSEARCH, store);
    try (var documents = new Documents(parts.elasticsearchUri())) {
      Throughput figure;
      try (var worker = views.worker(target)) {
        worker.start();
        Runs.await("the first event", () -> Views.hasRead(worker));
        var stretch = new Stretch(parts);
        Runs.await("all events in the view", () -> Views.isDone(worker));
        figure = stretch.end("Foldstream, live into Elasticsearch", Changes.EVENTS);
      }
      documents.check("bank-%s-v1".formatted(name), changes);
      documents.send("DELETE", "/bank-%s-v1".formatted(name), "");
      return List.of(figure);
    }
  }
}
