package dev.foldstream.commandservice.shadow;

import dev.foldstream.commandservice.shadow.ShadowRequest.Candidate;
import dev.foldstream.eventstore.decision.DeciderIdentity;
import dev.foldstream.eventstore.shadow.CandidateJar;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.files.SchemaFilesException;
import dev.foldstream.schemas.registry.SchemaRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the candidate that a request names. */
@Singleton
final class Candidates {

  private static final String JAR = "/candidate/jar";
  private static final String NAME = "/candidate/name";

  private final ShadowSettings settings;
  private final FoundDomains domains;
  private final SchemaRegistry registry;

  Candidates(ShadowSettings settings, FoundDomains domains, SchemaRegistry registry) {
    this.settings = settings;
    this.domains = domains;
    this.registry = registry;
  }

  /** Refuses with a problem what cannot be a candidate for this decider. */
  LoadedCandidate load(DeciderIdentity decider, Candidate asked) {
    if ((asked.jar() == null) == (asked.name() == null)) {
      throw ShadowProblems.invalid("/candidate", "wanted either jar or name; found both or none");
    }
    return asked.jar() == null
        ? deployed(decider, String.valueOf(asked.name()))
        : fromJar(decider, path(asked.jar()));
  }

  private LoadedCandidate deployed(DeciderIdentity decider, String name) {
    Map<String, Feature.Aggregate<?, ?, ?>> known =
        domains.domain(decider.domain()).map(Domain::candidates).orElse(Map.of());
    Feature.@Nullable Aggregate<?, ?, ?> found = known.get(name);
    if (found == null) {
      throw ShadowProblems.invalid(
          NAME,
          "wanted one of the candidates %s of the domain '%s'; found another"
              .formatted(new TreeSet<>(known.keySet()), decider.domain()));
    }
    if (!found.name().equals(decider.aggregate())) {
      throw ShadowProblems.invalid(
          NAME,
          "wanted a candidate for the aggregate '%s'; found one for '%s'"
              .formatted(decider.aggregate(), found.name()));
    }
    return loaded(decider, found, NAME, () -> {});
  }

  private LoadedCandidate fromJar(DeciderIdentity decider, Path path) {
    CandidateJar jar;
    try {
      jar = new CandidateJar(path);
    } catch (IOException unreadable) {
      throw ShadowProblems.invalid(JAR, "wanted a jar that can be read; found " + unreadable);
    }
    try {
      return loaded(decider, aggregate(decider, jar.domain(decider.domain())), JAR, jar);
    } catch (ProblemException refused) {
      close(jar);
      throw refused;
    } catch (RuntimeException | LinkageError wrong) {
      close(jar);
      throw ShadowProblems.invalid(JAR, String.valueOf(wrong.getMessage()));
    }
  }

  private LoadedCandidate loaded(
      DeciderIdentity decider,
      Feature.Aggregate<?, ?, ?> aggregate,
      String pointer,
      AutoCloseable source) {
    try {
      var candidate =
          dev.foldstream.eventstore.shadow.Candidate.of(decider.domain(), aggregate, registry);
      return new LoadedCandidate(candidate, source);
    } catch (SchemaFilesException | IllegalArgumentException fault) {
      throw ShadowProblems.invalid(pointer, String.valueOf(fault.getMessage()));
    }
  }

  private static Feature.Aggregate<?, ?, ?> aggregate(DeciderIdentity decider, Domain domain) {
    List<Feature> features = domain.features();
    for (Feature feature : features) {
      if (feature instanceof Feature.Aggregate<?, ?, ?> found
          && found.name().equals(decider.aggregate())) {
        return found;
      }
    }
    throw new IllegalArgumentException(
        "wanted the aggregate '%s' in the jar's domain '%s'; found %s"
            .formatted(
                decider.aggregate(), domain.name(), features.stream().map(Feature::name).toList()));
  }

  /** The jar, which lies below the configured folder once all links are followed. */
  private Path path(String asked) {
    String folder = settings.jars();
    if (folder == null || folder.isBlank()) {
      throw ShadowProblems.notSet();
    }
    try {
      Path root = Path.of(folder).toRealPath();
      Path jar = root.resolve(asked).toRealPath();
      if (jar.startsWith(root) && Files.isRegularFile(jar) && jar.toString().endsWith(".jar")) {
        return jar;
      }
    } catch (IOException | InvalidPathException absent) {
      // Told below like any other: whoever asks must not learn which files there are elsewhere.
    }
    throw ShadowProblems.invalid(
        JAR, "wanted a .jar below the folder of foldstream.shadow.jars; found none of this name");
  }

  static void close(AutoCloseable source) {
    try {
      source.close();
    } catch (Exception failed) {
      throw new IllegalStateException("a candidate cannot be closed", failed);
    }
  }
}
