package dev.foldstream.queryservice.stores;

import dev.foldstream.kernel.ViewStoreKind;
import io.micronaut.core.annotation.NonNull;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;

/**
 * Whether the view stores answer. Views of one store are served while another is away, so this is
 * up while any store answers; the details say which.
 */
@Singleton
final class StoresHealth implements HealthIndicator {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ViewStores stores;
  private final ServedViews views;
  private final ExecutorService threads;

  StoresHealth(
      ViewStores stores,
      ServedViews views,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
    this.stores = stores;
    this.views = views;
    this.threads = threads;
  }

  @Override
  public @NonNull Publisher<HealthResult> getResult() {
    Map<ViewStoreKind, CompletableFuture<String>> probes = new LinkedHashMap<>();
    stores.all().forEach((kind, access) -> probes.put(kind, probe(access)));
    CompletableFuture<?>[] all = probes.values().toArray(CompletableFuture[]::new);
    return Publishers.fromCompletableFuture(
        CompletableFuture.allOf(all).thenApply(nothing -> result(probes)));
  }

  private CompletableFuture<String> probe(ViewAccess access) {
    List<ServedView> kept = views.in(access.kind());
    if (kept.isEmpty()) {
      return CompletableFuture.completedFuture(HealthStatus.NAME_UP);
    }
    ServedView any = kept.getFirst();
    return CompletableFuture.supplyAsync(
            () -> {
              access.reader().positions(any.definition());
              return HealthStatus.NAME_UP;
            },
            threads)
        .completeOnTimeout(HealthStatus.NAME_DOWN, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(away -> HealthStatus.NAME_DOWN);
  }

  private static HealthResult result(Map<ViewStoreKind, CompletableFuture<String>> probes) {
    var details = new LinkedHashMap<String, Object>();
    probes.forEach(
        (kind, probe) -> details.put(kind.name().toLowerCase(Locale.ROOT), probe.join()));
    boolean serves = details.isEmpty() || details.containsValue(HealthStatus.NAME_UP);
    return HealthResult.builder("viewStores", serves ? HealthStatus.UP : HealthStatus.DOWN)
        .details(details)
        .build();
  }
}
