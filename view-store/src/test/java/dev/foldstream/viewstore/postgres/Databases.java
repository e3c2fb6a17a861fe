package dev.foldstream.viewstore.postgres;

import dev.foldstream.devservices.DevServices;

/** Empty databases on the PostgreSQL of the tests. */
final class Databases {

  private Databases() {}

  static PostgresViewStore open(String database) {
    return PostgresViewStore.open(settings(database));
  }

  static PostgresSettings settings(String database) {
    var postgres = DevServices.shared().postgres();
    return new PostgresSettings(
        postgres.newDatabase(database), postgres.user(), postgres.password(), 4);
  }
}
