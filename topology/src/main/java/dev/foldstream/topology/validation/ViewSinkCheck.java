package dev.foldstream.topology.validation;

import dev.foldstream.schemas.rows.RowClass;
import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Pointers;
import dev.foldstream.topology.document.Sink;
import dev.foldstream.topology.document.Words;
import java.util.List;
import org.apache.avro.Schema;

/** Sinks that are views: their names, and whether the rows fit into columns. */
final class ViewSinkCheck {

  /** Both are parts of the names of tables, which PostgreSQL cuts off. */
  private static final int MAX_NAMES = 40;

  private final String topology;
  private final Catalog catalog;
  private final List<Fault> faults;

  ViewSinkCheck(String topology, Catalog catalog, List<Fault> faults) {
    this.topology = topology;
    this.catalog = catalog;
    this.faults = faults;
  }

  void check(String id, Sink.View view, Flow flow) {
    name(id, view);
    if (flow.records().size() > 1) {
      faults.add(
          Fault.at(
              Pointers.of("sinks", id, "from"),
              "several kinds of records flow in: a view has rows of one",
              "make one kind with map"));
      return;
    }
    Schema row = flow.records().getFirst();
    RowClass.faults(row)
        .forEach(
            (field, fault) ->
                faults.add(
                    Fault.at(
                        Pointers.of("sinks", id, "from"),
                        "the rows have a field that is no column: " + fault,
                        "make the fields of the rows with map")));
    indexes(id, view, row);
  }

  private void name(String id, Sink.View view) {
    catalog
        .maker(view.view(), topology)
        .ifPresent(
            maker ->
                faults.add(
                    Fault.at(
                        Pointers.of("sinks", id, "view"),
                        "there is a view %s already, made by %s".formatted(view.view(), maker),
                        "give the view another name")));
    int length = topology.length() + view.view().length();
    if (length > MAX_NAMES) {
      faults.add(
          Fault.at(
              Pointers.of("sinks", id, "view"),
              "the names of topology and view make the name of a table: wanted at most %d characters in both; found %d"
                  .formatted(MAX_NAMES, length),
              "give the view a shorter name"));
    }
  }

  private void indexes(String id, Sink.View view, Schema row) {
    var names = row.getFields().stream().map(Schema.Field::name).toList();
    for (int i = 0; i < view.indexes().size(); i++) {
      if (!names.contains(view.indexes().get(i))) {
        faults.add(
            Fault.at(
                Pointers.of("sinks", id, "indexes", Integer.toString(i)),
                "the rows have no field " + view.indexes().get(i),
                Words.didYouMean(view.indexes().get(i), names)));
      }
    }
  }
}
