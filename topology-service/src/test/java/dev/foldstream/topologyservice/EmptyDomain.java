package dev.foldstream.topologyservice;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.util.List;

/** A domain without features: this host only has to find one. */
public final class EmptyDomain implements Domain {
  @Override
  public String name() {
    return "empty";
  }

  @Override
  public List<Feature> features() {
    return List.of();
  }
}
