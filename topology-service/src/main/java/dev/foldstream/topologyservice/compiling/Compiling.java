package dev.foldstream.topologyservice.compiling;

import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.compile.TopologyCompiler;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.document.Result.Faulty;
import dev.foldstream.topology.document.Result.Good;
import dev.foldstream.topology.document.TopologyDocument;
import dev.foldstream.topology.document.TopologyReader;
import dev.foldstream.topology.parts.PartReference;
import dev.foldstream.topology.plan.Fingerprint;
import dev.foldstream.topologyservice.catalog.InstalledCatalog;
import dev.foldstream.topologyservice.registry.StoredVersion;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads and compiles documents, and parts in Java, against what is installed. */
@Singleton
public final class Compiling {

  public static final String JSON = "application/json";

  private final TopologyReader reader = new TopologyReader();
  private final TopologyCompiler compiler = new TopologyCompiler();
  private final InstalledCatalog catalog;
  private final InstalledParts parts;

  Compiling(InstalledCatalog catalog, InstalledParts parts) {
    this.catalog = catalog;
    this.parts = parts;
  }

  /** Throws {@link FaultyTopologyException} with everything that is wrong. */
  public Compiled compiled(String text, String mediaType) {
    Optional<Result<PartReference>> part = PartReference.read(text);
    if (part.isPresent()) {
      return orFaulty(parts.compile(orFaulty(part.get()), catalog));
    }
    TopologyDocument document = document(text, mediaType);
    return switch (compiler.compile(document, catalog)) {
      case Good<Compiled>(var compiled) -> compiled;
      case Faulty<Compiled>(List<Fault> faults) ->
          throw new FaultyTopologyException(faults.stream().map(document::located).toList());
    };
  }

  private TopologyDocument document(String text, String mediaType) {
    return orFaulty(reader.read(text, mediaType));
  }

  private static <T> T orFaulty(Result<T> result) {
    return switch (result) {
      case Good<T>(var good) -> good;
      case Faulty<T>(List<Fault> faults) -> throw new FaultyTopologyException(faults);
    };
  }

  /** What is stored of a topology: a document as it was sent; of a part also which code it was. */
  public String storedText(Compiled compiled, String sent) {
    return compiled.document().isPresent() ? sent : parts.reference(compiled).text();
  }

  /** Of a part also when its code is not installed any more. */
  public Fingerprint fingerprint(StoredVersion version) {
    Fingerprint code =
        PartReference.read(version.text()).map(Compiling::orFaulty).stream()
            .map(PartReference::fingerprint)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return code == null ? compiled(version).fingerprint() : code;
  }

  public Compiled compiled(StoredVersion version) {
    return compiled(version.text(), version.mediaType());
  }

  /** What was just created is seen at once. */
  public void forget() {
    catalog.forget();
  }
}
