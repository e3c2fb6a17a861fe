package dev.foldstream.topologyservice.outside;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.domains.FoundView;
import dev.foldstream.host.registered.RegisteredView;
import dev.foldstream.host.registered.RegisteredViews;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.registered.RowsView;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** The views in PostgreSQL, those of domains and those of topologies, as they can be read. */
@Singleton
public final class ReadableViews {

  /**
   * A view.
   *
   * @param schema of its rows
   */
  public record Readable(ViewDefinition definition, Schema schema) {}

  private final FoundDomains domains;
  private final RegisteredViews registered;
  private final TopicsSettings topics;
  private final Map<String, Readable> declared = new ConcurrentHashMap<>();
  private volatile Map<RegisteredView, Readable> made = Map.of();

  ReadableViews(FoundDomains domains, RegisteredViews registered, TopicsSettings topics) {
    this.domains = domains;
    this.registered = registered;
    this.topics = topics;
  }

  /** The view of this name; of a topology, the one of its live version. */
  public Optional<Readable> find(String address) {
    Optional<FoundView> found = domains.view(address);
    if (found.isPresent()) {
      return found
          .filter(view -> view.feature().stores().contains(ViewStoreKind.POSTGRESQL))
          .map(view -> declared.computeIfAbsent(address, name -> readable(view)));
    }
    return registered
        .find(address)
        .filter(view -> view.stores().contains(ViewStoreKind.POSTGRESQL))
        .map(this::made);
  }

  /** In order of name. */
  public Set<String> names() {
    var names = new TreeSet<String>();
    domains.views().forEach(view -> names.add(view.address()));
    registered.all().stream()
        .filter(view -> view.role() == RegisteredView.Role.LIVE)
        .forEach(view -> names.add(view.address()));
    return names;
  }

  private Readable readable(FoundView found) {
    Schema schema =
        RecordSchemas.schemaOf(
            found.feature().row(), found.domain() + ".views." + found.name().replace('-', '_'));
    return new Readable(
        new ViewDefinition(found.domain(), found.feature(), found.topics(), topics.partitions()),
        schema);
  }

  private Readable made(RegisteredView view) {
    Readable known = made.get(view);
    if (known == null) {
      ViewDefinition definition =
          RowsView.of(
                  view.topology(),
                  view.name(),
                  view.row(),
                  view.stores(),
                  view.indexes(),
                  view.topic(),
                  view.partitions())
              .definition();
      known = new Readable(definition, view.row());
      var now = new ConcurrentHashMap<>(made);
      now.keySet().retainAll(registered.all());
      now.put(view, known);
      made = now;
    }
    return known;
  }
}
