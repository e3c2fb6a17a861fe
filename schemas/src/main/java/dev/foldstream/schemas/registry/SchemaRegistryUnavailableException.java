package dev.foldstream.schemas.registry;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The registry did not answer, or not as a registry does, after all tries. */
public final class SchemaRegistryUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final URI address;

  SchemaRegistryUnavailableException(URI address, String found, @Nullable Throwable cause) {
    this.address = address;
    super(
        "wanted an answer of the schema registry at %s; found %s".formatted(address, found), cause);
  }

  public URI address() {
    return address;
  }
}
