package dev.foldstream.queryservice.streams;

import dev.foldstream.host.domains.FoundAggregate;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate's or process's events, as a caller names them.
 *
 * @param topic where its events lie
 * @param aggregate null for a process
 */
record Stream(
    String domain, String name, String id, String topic, @Nullable FoundAggregate aggregate) {

  @Override
  public String toString() {
    return domain + "/" + name + "/" + id;
  }
}
