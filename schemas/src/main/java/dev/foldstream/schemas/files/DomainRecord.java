package dev.foldstream.schemas.files;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.schemas.types.RecordTypes;
import java.util.ArrayList;
import java.util.List;

/**
 * A record that has a schema file.
 *
 * @param folder of the file, below {@link SchemaNames#ROOT}
 */
record DomainRecord(
    Class<? extends Record> type, String folder, String namespace, SchemaKind kind) {

  String path() {
    return SchemaNames.path(folder, type);
  }

  String fullName() {
    return namespace + "." + type.getSimpleName();
  }

  /** The records of all commands and events of a domain, aggregate by aggregate. */
  static List<DomainRecord> of(Domain domain) {
    var records = new ArrayList<DomainRecord>();
    for (var feature : domain.features()) {
      if (feature instanceof Feature.Aggregate<?, ?, ?> aggregate) {
        var folder = SchemaNames.folder(domain.name(), aggregate.name());
        var namespace = SchemaNames.namespace(domain.name(), aggregate.name());
        records.addAll(of(aggregate.commands(), folder, namespace, SchemaKind.COMMAND));
        records.addAll(of(aggregate.events(), folder, namespace, SchemaKind.EVENT));
      }
    }
    return records;
  }

  static List<DomainRecord> of(
      Class<?> sealedOrRecord, String folder, String namespace, SchemaKind kind) {
    return RecordTypes.permitted(sealedOrRecord).stream()
        .map(type -> new DomainRecord(type, folder, namespace, kind))
        .toList();
  }
}
