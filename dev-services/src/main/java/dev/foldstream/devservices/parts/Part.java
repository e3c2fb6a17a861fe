package dev.foldstream.devservices.parts;

/** The parts that Foldstream runs on. */
public enum Part {
  KAFKA("Kafka"),
  POSTGRESQL("PostgreSQL"),
  ELASTICSEARCH("Elasticsearch"),
  REGISTRY("schema registry");

  private final String title;

  Part(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
