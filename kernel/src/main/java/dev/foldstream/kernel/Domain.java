package dev.foldstream.kernel;

import java.util.List;

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
}
