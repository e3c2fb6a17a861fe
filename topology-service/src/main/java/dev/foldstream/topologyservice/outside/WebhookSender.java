package dev.foldstream.topologyservice.outside;

import dev.foldstream.topology.build.Webhooks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls webhooks behind the stream threads: those of one address one after the other, so that an
 * address that does not answer keeps only its own alerts waiting. A call that fails is tried again
 * a few times, with longer and longer pauses, and then given up: the alert itself is in its topic.
 */
@Singleton
public final class WebhookSender implements Webhooks, AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int FIRST_FAILURE = 300;
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

  private final WebhookSettings settings;
  private final Map<String, Deque<WebhookCall>> byAddress = new HashMap<>();
  private final Counter sent;
  private final Counter givenUp;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int waiting;
  private boolean closed;

  WebhookSender(WebhookSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.sent = counter(meters, "sent");
    this.givenUp = counter(meters, "given-up");
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.within())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  private static Counter counter(MeterRegistry meters, String what) {
    return Counter.builder("foldstream.topology.webhooks")
        .description("calls of webhooks by this process")
        .tag("what", what)
        .register(meters);
  }

  @Override
  public void send(WebhookCall call) {
    if (!queued(call)) {
      givenUp.increment();
      LOG.warn(
          "{} calls of webhooks wait, which is the most (foldstream.topologies.webhooks.queue); alert {} of {} is not told",
          settings.queue(),
          call.id(),
          call.topology());
    }
  }

  private synchronized boolean queued(WebhookCall call) {
    if (closed || waiting >= settings.queue()) {
      return false;
    }
    waiting++;
    Deque<WebhookCall> others = byAddress.get(call.url());
    if (others == null) {
      byAddress.put(call.url(), new ArrayDeque<>(List.of(call)));
      threads.execute(() -> callAll(call.url()));
    } else {
      others.add(call);
    }
    return true;
  }

  private void callAll(String address) {
    try {
      WebhookCall call = next(address);
      while (call != null) {
        tried(call);
        call = next(address);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable WebhookCall next(String address) {
    Deque<WebhookCall> calls = byAddress.get(address);
    WebhookCall call = calls == null ? null : calls.poll();
    if (call == null) {
      byAddress.remove(address);
    } else {
      waiting--;
    }
    return call;
  }

  private void tried(WebhookCall call) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    String found = "";
    for (int attempt = 1; attempt <= settings.tries(); attempt++) {
      found = once(call);
      if (found.isEmpty()) {
        sent.increment();
        return;
      }
      if (attempt < settings.tries()) {
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
      }
    }
    givenUp.increment();
    LOG.warn(
        "Alert {} of {} was not told to {}: {}", call.id(), call.topology(), call.url(), found);
  }

  /** Empty when it was taken. */
  private String once(WebhookCall call) throws InterruptedException {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(call.url()))
              .timeout(settings.within())
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", call.id())
              .POST(BodyPublishers.ofString(call.json()))
              .build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      return status < FIRST_FAILURE ? "" : "status " + status;
    } catch (IOException | IllegalArgumentException failed) {
      return failed.toString();
    }
  }

  @Override
  @PreDestroy
  public void close() {
    synchronized (this) {
      closed = true;
    }
    threads.shutdownNow();
    client.shutdownNow();
  }
}
