package dev.foldstream.topologyservice.compiling;

import dev.foldstream.topology.document.Fault;
import java.util.List;
import java.util.stream.Collectors;

/** A document cannot be run; everything that is wrong with it. */
public final class FaultyTopologyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  FaultyTopologyException(List<Fault> faults) {
    super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }
}
