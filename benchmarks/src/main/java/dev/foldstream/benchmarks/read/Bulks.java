package dev.foldstream.benchmarks.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.benchmarks.account.AccountEvent.Changed;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.elasticsearch.ElasticsearchViewStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The limit: bulk requests with the documents that the view would have, made beforehand, into an
 * index made for such a view. Nothing is read from a log, decoded, folded, loaded or checked.
 */
final class Bulks implements Runs.Contender {

  private static final int BULK = 5_000;

  private final ReadParts parts;
  private final int connections;
  private final Changes changes = new Changes();
  private final ElasticsearchViewStore store;
  private final byte[][] bulks;

  Bulks(ReadParts parts, int connections) {
    this.parts = parts;
    this.connections = connections;
    this.store = new Views(parts).elasticsearch();
    this.bulks =
        IntStream.range(0, Changes.EVENTS / BULK)
            .mapToObj(i -> bulk(i * BULK))
            .toArray(byte[][]::new);
  }

  private byte[] bulk(int from) {
    var out = new ByteArrayOutputStream();
    for (int i = from; i < from + BULK; i++) {
      out.writeBytes(document(i).getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private String document(int i) {
    String id = Changes.id(changes.account(i));
    Changed event = changes.event(i);
    return String.format(
        Locale.ROOT,
        """
        {"index":{"_id":"%s"}}
        {"foldstream":{"key":"%s","revision":1,"removed":false,"watermarks":{"%s/%d":%d}},\
        "name":"%s","balance":%d,"status":"%s","city":"%s","updated":"%s","seq":%d,"note":"%s"}
        """,
        id,
        id,
        Filling.EVENTS,
        changes.account(i) % Filling.PARTITIONS,
        i,
        event.name(),
        event.amount(),
        event.status(),
        event.city(),
        event.updated(),
        event.seq(),
        event.note());
  }

  @Override
  public List<Throughput> run(int number) throws Exception {
    String name = "bare-%d-%d-%d".formatted(ProcessHandle.current().pid(), connections, number);
    store.prepare(Views.view(name, ViewStoreKind.ELASTICSEARCH));
    String index = "/bank-" + name + "-v1";
    try (var documents = new Documents(parts.elasticsearchUri());
        var threads = Executors.newFixedThreadPool(connections)) {
      var stretch = new Stretch(parts);
      List<Future<?>> work =
          IntStream.range(0, connections)
              .<Future<?>>mapToObj(part -> threads.submit(() -> write(documents, index, part)))
              .toList();
      for (Future<?> one : work) {
        one.get();
      }
      Throughput figure =
          stretch.end("bare bulk, %d connections".formatted(connections), Changes.EVENTS);
      if (connections == 1) {
        documents.check(index.substring(1), changes);
      }
      documents.send("DELETE", index, "");
      return List.of(figure);
    }
  }

  private Void write(Documents documents, String index, int part) throws IOException {
    for (int i = part; i < bulks.length; i += connections) {
      JsonNode answer = documents.send("POST", index + "/_bulk", bulks[i]);
      if (answer.path("errors").asBoolean()) {
        throw new IllegalStateException("wanted all documents; found " + answer);
      }
    }
    return null;
  }
}
