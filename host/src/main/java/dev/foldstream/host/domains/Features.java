package dev.foldstream.host.domains;

import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes the features of all domains apart by kind and joins them with the aggregates they follow.
 */
final class Features {

  private Features() {}

  static List<FoundAggregate> aggregates(List<Domain> domains) {
    var found = new ArrayList<FoundAggregate>();
    for (Domain domain : domains) {
      for (Feature feature : domain.features()) {
        if (feature instanceof Feature.Aggregate<?, ?, ?> aggregate) {
          found.add(FoundAggregate.of(domain.name(), aggregate));
        }
      }
    }
    found.sort(
        Comparator.comparing(FoundAggregate::domain).thenComparing(aggregate -> aggregate.name()));
    return List.copyOf(found);
  }

  static List<FoundView> views(List<Domain> domains, List<FoundAggregate> aggregates) {
    var found = new ArrayList<FoundView>();
    for (Domain domain : domains) {
      for (Feature feature : domain.features()) {
        if (feature instanceof Feature.View<?, ?> view) {
          var followed = followed(domain, view, view.events(), aggregates);
          var topics = followed.stream().map(FoundAggregate::eventsTopic).toList();
          found.add(new FoundView(domain.name(), address(domain, view, domains), view, topics));
        }
      }
    }
    found.sort(Comparator.comparing(FoundView::address));
    return List.copyOf(found);
  }

  static List<FoundProcess> processes(List<Domain> domains, List<FoundAggregate> aggregates) {
    var found = new ArrayList<FoundProcess>();
    for (Domain domain : domains) {
      for (Feature feature : domain.features()) {
        if (feature instanceof Feature.Process<?, ?, ?> process) {
          var followed = followed(domain, process, process.events(), aggregates);
          found.add(new FoundProcess(domain.name(), process, followed));
        }
      }
    }
    found.sort(Comparator.comparing(FoundProcess::domain).thenComparing(p -> p.name()));
    return List.copyOf(found);
  }

  private static List<FoundAggregate> followed(
      Domain domain, Feature feature, Class<?> events, List<FoundAggregate> aggregates) {
    var followed =
        aggregates.stream()
            .filter(found -> found.domain().equals(domain.name()) && found.feeds(events))
            .toList();
    if (followed.isEmpty()) {
      throw new StartRefusedException(
          "A view or process follows events of at least one aggregate of its domain; '%s' of domain '%s' follows %s, which no aggregate's events are. Let that type be, or permit, an aggregate's events."
              .formatted(feature.name(), domain.name(), events.getName()));
    }
    return followed;
  }

  private static String address(Domain domain, Feature.View<?, ?> view, List<Domain> domains) {
    long same =
        domains.stream()
            .flatMap(any -> any.features().stream())
            .filter(any -> any instanceof Feature.View<?, ?> && any.name().equals(view.name()))
            .count();
    return same == 1 ? view.name() : domain.name() + "." + view.name();
  }
}
