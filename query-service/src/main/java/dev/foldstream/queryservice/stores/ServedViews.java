package dev.foldstream.queryservice.stores;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.registered.RegisteredView;
import dev.foldstream.host.registered.RegisteredViews;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.kernel.ViewStoreKind;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PostConstruct;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The views of all domains found, and those of registered topologies as they come and go, by the
 * names callers may use.
 */
@Context
public final class ServedViews {

  private final List<ServedView> declared;
  private final RegisteredViews registered;
  private final List<Consumer<Set<String>>> watchers = new CopyOnWriteArrayList<>();
  private volatile Served served;

  /** All views of one moment. */
  private record Served(List<ServedView> all, Map<String, ServedView> byName) {

    static Served of(List<ServedView> views) {
      List<ServedView> all =
          views.stream().sorted(Comparator.comparing(ServedView::address)).toList();
      var byName = new LinkedHashMap<String, ServedView>();
      for (ServedView view : all) {
        byName.put(view.definition().domain() + "." + view.definition().name(), view);
      }
      all.forEach(view -> byName.put(view.address(), view));
      return new Served(all, byName);
    }
  }

  public ServedViews(FoundDomains domains, TopicsSettings topics, RegisteredViews registered) {
    this.declared =
        domains.views().stream().map(found -> ServedView.of(found, topics.partitions())).toList();
    this.registered = registered;
    this.served = Served.of(declared);
  }

  @PostConstruct
  void follow() {
    registered.watch(this::take);
  }

  /** Called by one thread. A view that stays is the same, whatever its address. */
  private void take(List<RegisteredView> views) {
    var before = new LinkedHashMap<String, ServedView>();
    served.all().forEach(view -> before.put(view.path(), view));
    var all = new ArrayList<>(declared);
    for (RegisteredView view : views) {
      ServedView known = before.get(view.topology() + "/" + view.name());
      all.add(known == null ? ServedView.of(view) : known.at(view.address()));
    }
    served = Served.of(all);
    var changed = new LinkedHashSet<String>();
    before.values().stream()
        .filter(view -> !all.contains(view))
        .forEach(view -> changed.add(view.path()));
    if (!changed.isEmpty()) {
      watchers.forEach(watcher -> watcher.accept(changed));
    }
  }

  /** Calls back with the paths of views that are gone, or have another address. */
  public void watch(Consumer<Set<String>> watcher) {
    watchers.add(watcher);
  }

  /** In order of address. */
  public List<ServedView> all() {
    return served.all();
  }

  public List<ServedView> in(ViewStoreKind store) {
    return served.all().stream().filter(view -> view.stores().contains(store)).toList();
  }

  /** The view of this name, or the problem that there is none. */
  public ServedView named(String name) {
    Served now = served;
    ServedView view = now.byName().get(name);
    if (view == null) {
      List<String> addresses = now.all().stream().map(ServedView::address).toList();
      throw new ProblemException(
              ProblemType.UNKNOWN_VIEW,
              "There is no view '%s'; there are %s".formatted(name, addresses))
          .member("views", addresses);
    }
    return view;
  }
}
