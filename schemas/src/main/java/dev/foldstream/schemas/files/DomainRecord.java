package dev.foldstream.schemas.files;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Upcaster;
import dev.foldstream.schemas.types.RecordTypes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record that has a schema file.
 *
 * @param folder of the file, below {@link SchemaNames#ROOT}
 * @param upcaster when it is the old form of an event
 */
record DomainRecord(
    Class<? extends Record> type,
    String folder,
    String namespace,
    SchemaKind kind,
    @Nullable Upcaster<?> upcaster) {

  String path() {
    return SchemaNames.path(folder, type);
  }

  String fullName() {
    return namespace + "." + type.getSimpleName();
  }

  /**
   * The records of all commands, events and progress of a domain, old forms among them, feature by
   * feature.
   */
  static List<DomainRecord> of(Domain domain) {
    var records = new ArrayList<DomainRecord>();
    for (var feature : domain.features()) {
      var folder = SchemaNames.folder(domain.name(), feature.name());
      var namespace = SchemaNames.namespace(domain.name(), feature.name());
      switch (feature) {
        case Feature.Aggregate<?, ?, ?> aggregate -> {
          records.addAll(of(aggregate.commands(), folder, namespace, SchemaKind.COMMAND));
          records.addAll(of(aggregate.events(), folder, namespace, SchemaKind.EVENT));
          aggregate.upcasters().forEach(it -> records.add(old(it, folder, namespace)));
        }
        case Feature.Process<?, ?, ?> process -> {
          records.addAll(of(process.progress(), folder, namespace, SchemaKind.EVENT));
          process.upcasters().forEach(it -> records.add(old(it, folder, namespace)));
        }
        case Feature.View<?, ?> _ -> {}
      }
    }
    return records;
  }

  static List<DomainRecord> of(
      Class<?> sealedOrRecord, String folder, String namespace, SchemaKind kind) {
    return RecordTypes.permitted(sealedOrRecord).stream()
        .map(type -> new DomainRecord(type, folder, namespace, kind, null))
        .toList();
  }

  private static DomainRecord old(Upcaster<?> upcaster, String folder, String namespace) {
    return new DomainRecord(upcaster.old(), folder, namespace, SchemaKind.EVENT, upcaster);
  }
}
