package dev.foldstream.topologyservice.compiling;

import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.document.Words;
import dev.foldstream.topology.parts.PartCompiler;
import dev.foldstream.topology.parts.PartReference;
import dev.foldstream.topology.parts.TopologyPart;
import dev.foldstream.topology.plan.Fingerprint;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The topologies in Java that the jars on the class path have. */
@Singleton
public final class InstalledParts {

  private final SortedMap<String, TopologyPart> byName = new TreeMap<>();

  InstalledParts() {
    for (TopologyPart part : PartCompiler.found(InstalledParts.class.getClassLoader())) {
      TopologyPart other = byName.put(part.name(), part);
      if (other != null) {
        throw new StartRefusedException(
            "Wanted parts of topologies with names of their own; found two named '%s', %s and %s"
                .formatted(part.name(), other.getClass().getName(), part.getClass().getName()));
      }
    }
  }

  /** In order of name. */
  public Collection<TopologyPart> all() {
    return byName.values();
  }

  /** The part as it is installed, if it is the code that was registered. */
  Result<Compiled> compile(PartReference wanted, Catalog catalog) {
    TopologyPart part = byName.get(wanted.name());
    if (part == null) {
      return new Result.Faulty<>(
          List.of(
              Fault.at(
                  "/name",
                  "no jar here has a part '%s'".formatted(wanted.name()),
                  Words.didYouMean(wanted.name(), byName.keySet()))));
    }
    Result<Compiled> result = PartCompiler.compile(part, catalog);
    Fingerprint code = wanted.fingerprint();
    if (code != null
        && result instanceof Result.Good<Compiled>(var compiled)
        && !code.whole().equals(compiled.fingerprint().whole())) {
      return new Result.Faulty<>(
          List.of(
              Fault.at(
                  "/fingerprint",
                  "it is revision %d with code %s; the jar here has revision %d with code %s"
                      .formatted(
                          wanted.revision(),
                          code.whole(),
                          part.revision(),
                          compiled.fingerprint().whole()),
                  "register the part once more, or run the jar it was registered with")));
    }
    return result;
  }

  PartReference reference(Compiled compiled) {
    return PartReference.of(
        Objects.requireNonNull(byName.get(compiled.name()), compiled.name()),
        compiled.fingerprint());
  }
}
