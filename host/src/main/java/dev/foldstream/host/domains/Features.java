package dev.foldstream.host.domains;

import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes the features of all domains apart by kind and joins them with what they follow. */
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

  static List<FoundView> views(
      List<Domain> domains, List<FoundAggregate> aggregates, List<FoundProcess> processes) {
    var found = new ArrayList<FoundView>();
    for (Domain domain : domains) {
      for (Feature feature : domain.features()) {
        if (feature instanceof Feature.View<?, ?> view) {
          var topics = topics(domain, view, aggregates, processes);
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
          found.add(
              new FoundProcess(domain.name(), process, followed(domain, process, aggregates)));
        }
      }
    }
    found.sort(Comparator.comparing(FoundProcess::domain).thenComparing(p -> p.name()));
    return List.copyOf(found);
  }

  private static List<FoundAggregate> followed(
      Domain domain, Feature.Process<?, ?, ?> process, List<FoundAggregate> aggregates) {
    var followed = feeding(domain, process.events(), aggregates).toList();
    if (followed.isEmpty()) {
      throw new StartRefusedException(
          "A process follows events of at least one aggregate of its domain; '%s' of domain '%s' follows %s, which no aggregate's events are. Let that type be, or permit, an aggregate's events."
              .formatted(process.name(), domain.name(), process.events().getName()));
    }
    return followed;
  }

  private static List<String> topics(
      Domain domain,
      Feature.View<?, ?> view,
      List<FoundAggregate> aggregates,
      List<FoundProcess> processes) {
    var topics =
        Stream.concat(
                feeding(domain, view.events(), aggregates).map(FoundAggregate::eventsTopic),
                processes.stream()
                    .filter(it -> it.domain().equals(domain.name()) && it.feeds(view.events()))
                    .map(FoundProcess::eventsTopic))
            .toList();
    if (topics.isEmpty()) {
      throw new StartRefusedException(
          "A view follows events of an aggregate or the progress of a process of its domain; '%s' of domain '%s' follows %s, which neither is. Let that type be, or permit, an aggregate's events or a process's progress."
              .formatted(view.name(), domain.name(), view.events().getName()));
    }
    return topics;
  }

  private static Stream<FoundAggregate> feeding(
      Domain domain, Class<?> events, List<FoundAggregate> aggregates) {
    return aggregates.stream()
        .filter(found -> found.domain().equals(domain.name()) && found.feeds(events));
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
