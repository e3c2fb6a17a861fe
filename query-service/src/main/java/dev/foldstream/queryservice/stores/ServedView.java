package dev.foldstream.queryservice.stores;

import dev.foldstream.host.domains.FoundView;
import dev.foldstream.host.registered.RegisteredView;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.registered.RowsView;
import dev.foldstream.viewstore.rows.RowShape;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A view as this host serves it.
 *
 * @param address how callers name it
 * @param topology the registered topology that writes its rows; null for a view that folds events
 */
public record ServedView(
    String address, ViewDefinition definition, RowShape shape, @Nullable String topology) {

  static ServedView of(FoundView found, int partitions) {
    var definition =
        new ViewDefinition(found.domain(), found.feature(), found.topics(), partitions);
    return new ServedView(found.address(), definition, RowShape.of(found.feature().row()), null);
  }

  static ServedView of(RegisteredView view) {
    var definition =
        RowsView.of(
                view.topology(),
                view.name(),
                view.row(),
                view.stores(),
                view.indexes(),
                view.topic(),
                view.partitions())
            .definition();
    return new ServedView(
        view.address(), definition, RowShape.of(definition.feature().row()), view.topology());
  }

  ServedView at(String otherAddress) {
    return new ServedView(otherAddress, definition, shape, topology);
  }

  /** Unlike that of every other view and of every other version of a topology. */
  public String path() {
    return definition.path();
  }

  public Set<ViewStoreKind> stores() {
    return definition.feature().stores();
  }

  /** The store that answers when a caller names none. */
  public ViewStoreKind preferredStore() {
    return stores().contains(ViewStoreKind.POSTGRESQL)
        ? ViewStoreKind.POSTGRESQL
        : ViewStoreKind.ELASTICSEARCH;
  }

  public Optional<ViewColumn> column(String name) {
    return shape.column(name);
  }

  /** The Java type of a column, as the row record declares it. */
  public Class<?> javaType(ViewColumn column) {
    return shape.javaType(shape.columns().indexOf(column));
  }
}
