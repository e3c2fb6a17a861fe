package dev.foldstream.queryservice.limits;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each caller may ask: a bucket of requests that fills at a steady rate. Of more than
 * {@link #MAX_CALLERS} callers those that asked longest ago are forgotten, and begin with a full
 * bucket. Time is passed in. Thread-safe.
 */
final class CallerRates {

  static final int MAX_CALLERS = 16_384;
  private static final int STRIPES = 16;

  private final double perNano;
  private final int burst;
  private final Stripe[] stripes = new Stripe[STRIPES];

  CallerRates(int perSecond, int burst) {
    this.perNano = perSecond / (double) Duration.ofSeconds(1).toNanos();
    this.burst = burst;
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  /** Takes a request out of the caller's bucket, or says how long until there is one. */
  Duration take(String caller, long now) {
    Stripe stripe = stripes[Math.floorMod(caller.hashCode(), STRIPES)];
    synchronized (stripe) {
      Bucket bucket = stripe.computeIfAbsent(caller, any -> new Bucket(burst, now));
      double filled = bucket.left + Math.max(0, now - bucket.at) * perNano;
      bucket.left = Math.min(burst, filled);
      bucket.at = now;
      if (bucket.left < 1) {
        return Duration.ofNanos((long) Math.ceil((1 - bucket.left) / perNano));
      }
      bucket.left--;
      return Duration.ZERO;
    }
  }

  private static final class Bucket {
    private double left;
    private long at;

    Bucket(double left, long at) {
      this.left = left;
      this.at = at;
    }
  }

  /** The callers of one lock, the one that asked longest ago first. */
  private static final class Stripe extends LinkedHashMap<String, Bucket> {
    private static final long serialVersionUID = 1L;

    Stripe() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > MAX_CALLERS / STRIPES;
    }
  }
}
