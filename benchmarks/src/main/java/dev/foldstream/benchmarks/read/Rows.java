package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.account.AccountEvent.Changed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows as they go to a bare table: nothing is read from a log, decoded or folded. */
final class Rows {

  static final String TABLE =
      "create table bare(id text primary key, name text, balance bigint, status text, city text,"
          + " updated bigint, seq bigint, note text)";

  private final Changed[] events = new Changed[Changes.EVENTS];
  private final int[] accounts = new int[Changes.EVENTS];

  Rows() {
    var changes = new Changes();
    Arrays.setAll(events, changes::event);
    Arrays.setAll(accounts, changes::account);
  }

  int account(int i) {
    return accounts[i];
  }

  Changed event(int i) {
    return events[i];
  }

  /** The last event of each account among some, of one part of the accounts. */
  Map<Integer, Changed> last(int from, int to, int part, int parts) {
    var last = new LinkedHashMap<Integer, Changed>();
    for (int i = from; i < Math.min(to, Changes.EVENTS); i++) {
      if (accounts[i] % parts == part) {
        last.put(accounts[i], events[i]);
      }
    }
    return last;
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
