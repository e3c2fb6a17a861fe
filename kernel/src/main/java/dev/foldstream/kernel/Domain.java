package dev.foldstream.kernel;

import java.util.List;
import java.util.Map;

/**
 * What a host finds on its class path with {@link java.util.ServiceLoader}: the one thing an
 * adopter registers.
 *
 * <p>The schema files of the domain lie on the class path at {@code
 * META-INF/schemas/<domain>/<aggregate>/<Record>.avsc}.
 */
public interface Domain {

  /** Part of every topic name; never changed once events are stored. */
  String name();

  List<Feature> features();

  /**
   * Aggregate types by the name of a candidate: other rules that are deployed and not in force.
   * They decide nothing; a shadow run compares them with what was recorded for the aggregate type
   * of the same name. Their records have schema files like all others.
   */
  default Map<String, Feature.Aggregate<?, ?, ?>> candidates() {
    return Map.of();
  }
}
