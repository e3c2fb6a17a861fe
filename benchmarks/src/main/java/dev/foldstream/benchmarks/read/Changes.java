package dev.foldstream.benchmarks.read;

import dev.foldstream.benchmarks.account.AccountEvent.Changed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;
import java.util.Random;

/**
 * The events of the measurements, the same in every run: first each account once in no order, then
 * any of them at random.
 */
public final class Changes {

  public static final int EVENTS = 500_000;
  public static final int ACCOUNTS = 100_000;

  private static final long SEED = 20_260_731;
  private static final long FIRST_MICROS = 1_767_225_600_000_000L;
  private static final String NOTE = "remarks 4f5e6d7c8b9a0f1e";

  private final int[] accounts = new int[EVENTS];

  public Changes() {
    var random = new Random(SEED);
    var all = new ArrayList<Integer>();
    for (int account = 0; account < ACCOUNTS; account++) {
      all.add(account);
    }
    Collections.shuffle(all, random);
    for (int i = 0; i < EVENTS; i++) {
      accounts[i] = i < ACCOUNTS ? all.get(i) : random.nextInt(ACCOUNTS);
    }
  }

  /** {@code key-00012345}. */
  public static String id(int account) {
    String digits = Integer.toString(account);
    return "key-" + "0".repeat(8 - digits.length()) + digits;
  }

  public int account(int i) {
    return accounts[i];
  }

  public Changed event(int i) {
    int account = accounts[i];
    return new Changed(
        "name-" + account,
        amount(i),
        i % 5 == 0 ? "DORMANT" : "ACTIVE",
        "city-" + account % 1_000,
        Instant.ofEpochSecond(0, (FIRST_MICROS + i) * 1_000),
        i,
        NOTE);
  }

  private static long amount(int i) {
    return i % 997L + 1;
  }

  /** The same as about 150 bytes of JSON; the balance stands for a fold that others cannot do. */
  public String json(int i) {
    int account = accounts[i];
    return String.format(
        Locale.ROOT,
        "{\"name\":\"name-%d\",\"balance\":%d,\"status\":\"%s\",\"city\":\"city-%d\",\"updated\":%d,\"seq\":%d,\"note\":\"%s\"}",
        account,
        amount(i),
        i % 5 == 0 ? "DORMANT" : "ACTIVE",
        account % 1_000,
        FIRST_MICROS + i,
        i,
        NOTE);
  }

  /** The sum of {@code seq} over the rows that all events leave. */
  public long sumOfSeq() {
    long[] last = new long[ACCOUNTS];
    for (int i = 0; i < EVENTS; i++) {
      last[accounts[i]] = i;
    }
    long sum = 0;
    for (long seq : last) {
      sum += seq;
    }
    return sum;
  }

  /** The sum of the balances over the rows that all events leave. */
  public long sumOfBalances() {
    long sum = 0;
    for (int i = 0; i < EVENTS; i++) {
      sum += amount(i);
    }
    return sum;
  }
}
