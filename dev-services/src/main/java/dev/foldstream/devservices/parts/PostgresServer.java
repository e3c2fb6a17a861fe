package dev.foldstream.devservices.parts;

/** One PostgreSQL with durable commits and a database {@code foldstream}. */
public interface PostgresServer extends DevService {

  /** The database {@code foldstream}. */
  String jdbcUrl();

  String user();

  String password();

  /** The URL of an empty database of this name; one that existed before is dropped. */
  String newDatabase(String name);

  /** Stops without a checkpoint, as {@code pg_ctl stop -m immediate} does. */
  void stopImmediately();

  @Override
  default Part part() {
    return Part.POSTGRESQL;
  }
}
