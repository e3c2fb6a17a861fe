package dev.foldstream.benchmarks.query;

import dev.foldstream.benchmarks.load.Caller;
import dev.foldstream.benchmarks.load.HttpConnections;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * One question that is asked again and again.
 *
 * @param keys how many different ones there are of it
 * @param serverPid the process that answers
 * @param path the address for one of its keys
 * @param headers that every request carries, each line ended
 */
record Question(
    int keys, long serverPid, HttpConnections connections, IntFunction<String> path, String headers)
    implements Caller {

  /** Rows that are asked for so often that they are in the cache. */
  static final int HOT_ROWS = 10_000;

  private static final int OK = 200;

  @Override
  public void call(int key) throws IOException {
    String address = path.apply(key);
    var answer = connections.send("GET " + address + " HTTP/1.1\r\n" + headers, "");
    if (answer.status() != OK) {
      throw new IOException(
          address + ": wanted 200; found " + answer.status() + ": " + answer.body());
    }
  }
}
