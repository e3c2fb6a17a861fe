package dev.foldstream.benchmarks.query;

import dev.foldstream.benchmarks.load.HttpConnections;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** What is asked of whom. */
final class Questions implements AutoCloseable {

  private static final String VIEW = "/views/order-details";
  private static final String PAGE =
      VIEW + "?status=eq.PLACED&total=gte.100&order=placedAt.desc&limit=50";
  private static final String EVENTS = "/streams/bench/wallet/wallet-%d/events?limit=100";
  private static final String STATE = "/streams/bench/wallet/wallet-%d/state";

  private final Server bare;
  private final Server plain;
  private final Server caching;
  private final HttpConnections toBare;
  private final HttpConnections toPlain;
  private final HttpConnections toCaching;

  /**
   * @param plain a query-service without a cache
   */
  Questions(Server bare, Server plain, Server caching) {
    this.bare = bare;
    this.plain = plain;
    this.caching = caching;
    this.toBare = new HttpConnections(bare.address());
    this.toPlain = new HttpConnections(plain.address());
    this.toCaching = new HttpConnections(caching.address());
  }

  Map<String, Question> byName() throws IOException {
    var all = new LinkedHashMap<String, Question>();
    String token = "Foldstream-Token: " + Orders.token().text() + "\r\n";
    String next = PAGE + "&cursor=" + cursor();
    all.put("row-bare", bare(Orders.ROWS, key -> "/row/o-" + key));
    all.put("row", plain(Orders.ROWS, key -> VIEW + "/o-" + key, ""));
    all.put("row-token", plain(Orders.ROWS, key -> VIEW + "/o-" + key, token));
    all.put(
        "row-cached",
        new Question(
            Question.HOT_ROWS, caching.pid(), toCaching, key -> VIEW + "/o-" + key, token));
    all.put("page-bare", bare(1, key -> "/page"));
    all.put("page", plain(1, key -> PAGE, ""));
    all.put("page-next", plain(1, key -> next, ""));
    all.put("events", plain(Streams.WALLETS, EVENTS::formatted, ""));
    all.put("state", plain(Streams.WALLETS, STATE::formatted, ""));
    return all;
  }

  private Question bare(int keys, IntFunction<String> path) {
    return new Question(keys, bare.pid(), toBare, path, "");
  }

  private Question plain(int keys, IntFunction<String> path, String headers) {
    return new Question(keys, plain.pid(), toPlain, path, headers);
  }

  private String cursor() throws IOException {
    String page = toPlain.send("GET " + PAGE + " HTTP/1.1\r\n", "").body();
    String next = "\"next\":\"";
    int from = page.indexOf(next) + next.length();
    return page.substring(from, page.indexOf('"', from));
  }

  @Override
  public void close() throws IOException {
    toBare.close();
    toPlain.close();
    toCaching.close();
  }
}
