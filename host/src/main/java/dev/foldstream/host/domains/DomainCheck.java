package dev.foldstream.host.domains;

import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Names;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** What must hold of the domains before anything is looked up in them. */
final class DomainCheck {

  private DomainCheck() {}

  static List<Domain> checked(List<Domain> domains) {
    if (domains.isEmpty()) {
      throw new StartRefusedException(
          """
          A host serves at least one domain; none was found on the class path. Put a domain's jar \
          there; it names its class in META-INF/services/%s."""
              .formatted(Domain.class.getName()));
    }
    var byName = new HashMap<String, Domain>();
    for (Domain domain : domains) {
      checkName(domain);
      var before = byName.put(domain.name(), domain);
      if (before != null) {
        throw new StartRefusedException(
            "Domains have different names; found '%s' twice: %s and %s. Take one off the class path or rename it."
                .formatted(domain.name(), place(before), place(domain)));
      }
      checkFeatures(domain);
    }
    return domains.stream().sorted(Comparator.comparing(Domain::name)).toList();
  }

  private static void checkName(Domain domain) {
    try {
      Names.check("domain", domain.name());
    } catch (IllegalArgumentException fault) {
      throw new StartRefusedException(fault.getMessage() + " in " + place(domain), fault);
    }
  }

  private static void checkFeatures(Domain domain) {
    var writers = new HashMap<String, Feature>();
    var views = new HashMap<String, Feature>();
    for (Feature feature : domain.features()) {
      var before =
          switch (feature) {
            case Feature.View<?, ?> view -> views.put(view.name(), view);
            case Feature.Aggregate<?, ?, ?> _, Feature.Process<?, ?, ?> _ ->
                writers.put(feature.name(), feature);
          };
      if (before != null) {
        throw new StartRefusedException(sameName(domain, before, feature));
      }
    }
  }

  private static String sameName(Domain domain, Feature one, Feature other) {
    return "Views have different names, and so have aggregates and processes, whose events lie in topics of their name; found %s and %s named '%s' in domain '%s'. Rename one."
        .formatted(kind(one), kind(other), one.name(), domain.name());
  }

  private static String kind(Feature feature) {
    return switch (feature) {
      case Feature.Aggregate<?, ?, ?> _ -> "an aggregate";
      case Feature.View<?, ?> _ -> "a view";
      case Feature.Process<?, ?, ?> _ -> "a process";
    };
  }

  private static String place(Domain domain) {
    var source = domain.getClass().getProtectionDomain().getCodeSource();
    String where = source == null ? "" : " in " + source.getLocation();
    return domain.getClass().getName() + where;
  }
}
