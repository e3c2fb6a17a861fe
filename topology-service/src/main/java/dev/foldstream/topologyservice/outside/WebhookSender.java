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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls webhooks, one after the other, behind the stream threads. A call that fails is tried again
 * a few times, with longer and longer pauses, and then given up: the alert itself is in its topic.
 */
@Singleton
public final class WebhookSender implements Webhooks, AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int FIRST_FAILURE = 300;
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

  private final WebhookSettings settings;
  private final BlockingQueue<WebhookCall> waiting;
  private final Counter sent;
  private final Counter givenUp;
  private final HttpClient client;
  private final Thread thread;

  WebhookSender(WebhookSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.waiting = new ArrayBlockingQueue<>(settings.queue());
    this.sent = counter(meters, "sent");
    this.givenUp = counter(meters, "given-up");
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.within())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.thread = Thread.ofVirtual().name("topology-webhooks").start(this::run);
  }

  private static Counter counter(MeterRegistry meters, String what) {
    return Counter.builder("foldstream.topology.webhooks")
        .description("calls of webhooks by this process")
        .tag("what", what)
        .register(meters);
  }

  @Override
  public void send(WebhookCall call) {
    if (!waiting.offer(call)) {
      givenUp.increment();
      LOG.warn(
          "{} calls of webhooks wait, which is the most; alert {} of {} is not told",
          settings.queue(),
          call.id(),
          call.topology());
    }
  }

  private void run() {
    try {
      while (true) {
        tried(waiting.take());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
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
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
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
    thread.interrupt();
    client.shutdownNow();
  }
}
