package dev.foldstream.devservices.parts;

/** A schema registry with Confluent's interface, its global compatibility level BACKWARD. */
public interface SchemaRegistryServer extends DevService {

  /** The base URL of the Confluent-compatible interface. */
  String url();

  @Override
  default Part part() {
    return Part.REGISTRY;
  }
}
