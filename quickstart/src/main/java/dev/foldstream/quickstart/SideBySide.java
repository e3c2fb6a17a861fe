package dev.foldstream.quickstart;

import dev.foldstream.devservices.parts.DevServiceException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Does several things at once and returns when the last is done. */
final class SideBySide {

  private SideBySide() {}

  /** Throws the first failure; {@code onFailure} runs once, at once, to end the others early. */
  static void run(List<Runnable> work, Runnable onFailure) {
    var first = new AtomicReference<@Nullable RuntimeException>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Runnable one : work) {
        threads.execute(
            () -> {
              try {
                one.run();
              } catch (RuntimeException e) {
                if (first.compareAndSet(null, e)) {
                  onFailure.run();
                }
              }
            });
      }
    }
    var failure = first.get();
    if (failure != null) {
      throw new DevServiceException(String.valueOf(failure.getMessage()), failure);
    }
  }
}
