package dev.foldstream.host.domains;

import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.kernel.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The domains on the class path, and what is in them.
 *
 * <ol>
 *   <li>There is at least one domain; no two have one name. In a domain no two views have one name;
 *       nor have two aggregates or processes, whose names share one space.
 *   <li>Every process follows at least one aggregate of its own domain, every view at least one
 *       aggregate or process.
 *   <li>A view is found by {@code <domain>.<name>}, and by its name alone when no other domain has
 *       a view of this name.
 * </ol>
 */
public final class FoundDomains {

  private final List<Domain> domains;
  private final List<FoundAggregate> aggregates;
  private final List<FoundView> views;
  private final List<FoundProcess> processes;

  private FoundDomains(
      List<Domain> domains,
      List<FoundAggregate> aggregates,
      List<FoundView> views,
      List<FoundProcess> processes) {
    this.domains = domains;
    this.aggregates = aggregates;
    this.views = views;
    this.processes = processes;
  }

  /** Those registered in {@code META-INF/services/dev.foldstream.kernel.Domain}. */
  public static FoundDomains onClassPath() {
    var found = new ArrayList<Domain>();
    ServiceLoader.load(Domain.class).forEach(found::add);
    return of(found);
  }

  /** Refuses with {@link StartRefusedException} what the first two sentences forbid. */
  public static FoundDomains of(List<Domain> domains) {
    var sorted = DomainCheck.checked(domains);
    var aggregates = Features.aggregates(sorted);
    var processes = Features.processes(sorted, aggregates);
    return new FoundDomains(
        sorted, aggregates, Features.views(sorted, aggregates, processes), processes);
  }

  /** In order of name. */
  public List<Domain> all() {
    return domains;
  }

  public List<FoundAggregate> aggregates() {
    return aggregates;
  }

  public List<FoundView> views() {
    return views;
  }

  public List<FoundProcess> processes() {
    return processes;
  }

  public Optional<Domain> domain(String name) {
    return domains.stream().filter(domain -> domain.name().equals(name)).findFirst();
  }

  public Optional<FoundAggregate> aggregate(String domain, String name) {
    return aggregates.stream()
        .filter(found -> found.domain().equals(domain) && found.name().equals(name))
        .findFirst();
  }

  /** The view with this address, or with this name qualified by its domain. */
  public Optional<FoundView> view(String address) {
    return views.stream()
        .filter(v -> v.address().equals(address) || (v.domain() + "." + v.name()).equals(address))
        .findFirst();
  }

  public Optional<FoundProcess> process(String domain, String name) {
    return processes.stream()
        .filter(found -> found.domain().equals(domain) && found.name().equals(name))
        .findFirst();
  }

  /** The events topics of all aggregates and processes, in order of name. */
  public Set<String> eventsTopics() {
    return Stream.concat(
            aggregates.stream().map(FoundAggregate::eventsTopic),
            processes.stream().map(FoundProcess::eventsTopic))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** One line for people: {@code commerce (3 aggregates, 5 views, 1 process)}. */
  public String summary() {
    return domains.stream().map(this::summary).collect(Collectors.joining(", "));
  }

  private String summary(Domain domain) {
    String name = domain.name();
    long ofAggregates = aggregates.stream().filter(a -> a.domain().equals(name)).count();
    long ofViews = views.stream().filter(v -> v.domain().equals(name)).count();
    long ofProcesses = processes.stream().filter(p -> p.domain().equals(name)).count();
    return "%s (%s, %s, %s)"
        .formatted(
            name,
            counted(ofAggregates, "aggregate", "aggregates"),
            counted(ofViews, "view", "views"),
            counted(ofProcesses, "process", "processes"));
  }

  private static String counted(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
