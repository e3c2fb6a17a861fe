package dev.foldstream.host.wire;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.settings.SchemaRegistrySettings;
import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.files.SchemaFilesException;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Made when first asked for: a host that neither writes nor reads topics needs no registry. */
@Factory
final class WireFactory {

  @Singleton
  SchemaFiles schemaFiles(FoundDomains domains) {
    try {
      return SchemaFiles.of(domains.all());
    } catch (SchemaFilesException fault) {
      throw new StartRefusedException(String.valueOf(fault.getMessage()), fault);
    }
  }

  @Singleton
  SchemaRegistry schemaRegistry(SchemaRegistrySettings settings) {
    return new ConfluentSchemaRegistry(settings.address());
  }

  @Singleton
  WireCodec wireCodec(SchemaRegistry registry, SchemaFiles files) {
    return new WireCodec(registry, files);
  }
}
