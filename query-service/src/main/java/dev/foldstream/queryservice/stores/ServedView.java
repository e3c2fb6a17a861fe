package dev.foldstream.queryservice.stores;

import dev.foldstream.host.domains.FoundView;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.ViewColumn;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.rows.RowShape;
import java.util.Optional;
import java.util.Set;

/**
 * A view as this host serves it.
 *
 * @param address how callers name it
 */
public record ServedView(String address, ViewDefinition definition, RowShape shape) {

  static ServedView of(FoundView found, int partitions) {
    var definition =
        new ViewDefinition(found.domain(), found.feature(), found.topics(), partitions);
    return new ServedView(found.address(), definition, RowShape.of(found.feature().row()));
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
