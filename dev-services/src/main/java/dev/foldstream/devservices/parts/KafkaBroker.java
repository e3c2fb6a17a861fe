package dev.foldstream.devservices.parts;

/** One broker that is its own controller, with transactions of version 2. */
public interface KafkaBroker extends DevService {

  String bootstrapServers();

  String clusterId();

  @Override
  default Part part() {
    return Part.KAFKA;
  }
}
