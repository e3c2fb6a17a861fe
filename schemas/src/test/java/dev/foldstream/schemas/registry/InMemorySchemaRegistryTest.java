package dev.foldstream.schemas.registry;

class InMemorySchemaRegistryTest implements SchemaRegistryContract {

  private final SchemaRegistry registry = new InMemorySchemaRegistry();

  @Override
  public SchemaRegistry registry() {
    return registry;
  }
}
