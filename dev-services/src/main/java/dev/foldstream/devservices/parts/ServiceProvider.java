package dev.foldstream.devservices.parts;

/** One way to run the parts. Nothing is started here. */
public interface ServiceProvider {

  KafkaBroker kafka();

  PostgresServer postgres();

  ElasticsearchNode elasticsearch();

  SchemaRegistryServer registry();
}
