package dev.foldstream.queryservice.stores;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.kernel.ViewStoreKind;
import io.micronaut.context.annotation.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The views of all domains found, by the names callers may use. */
@Context
public final class ServedViews {

  private final List<ServedView> all;
  private final Map<String, ServedView> byName = new LinkedHashMap<>();

  public ServedViews(FoundDomains domains, TopicsSettings topics) {
    this.all =
        domains.views().stream().map(found -> ServedView.of(found, topics.partitions())).toList();
    for (ServedView view : all) {
      byName.put(view.address(), view);
      byName.put(view.definition().domain() + "." + view.definition().name(), view);
    }
  }

  /** In order of address. */
  public List<ServedView> all() {
    return all;
  }

  public List<ServedView> in(ViewStoreKind store) {
    return all.stream().filter(view -> view.stores().contains(store)).toList();
  }

  /** The view of this name, or the problem that there is none. */
  public ServedView named(String name) {
    ServedView view = byName.get(name);
    if (view == null) {
      List<String> addresses = all.stream().map(ServedView::address).toList();
      throw new ProblemException(
              ProblemType.UNKNOWN_VIEW,
              "There is no view '%s'; there are %s".formatted(name, addresses))
          .member("views", addresses);
    }
    return view;
  }
}
