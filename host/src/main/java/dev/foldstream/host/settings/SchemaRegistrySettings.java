package dev.foldstream.host.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;

/** Where the schema registry is. */
@Context
@ConfigurationProperties("foldstream.schema-registry")
public record SchemaRegistrySettings(@Bindable(defaultValue = "http://127.0.0.1:8081") String url) {
  public SchemaRegistrySettings {
    Check.httpAddress("foldstream.schema-registry.url", url);
  }

  public URI address() {
    return URI.create(url);
  }
}
