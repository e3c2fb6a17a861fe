package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.RowConflictException;
import dev.foldstream.viewstore.RowRefusedException;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/** Says in the words of the port what a SQL state means. */
final class PostgresFailures {

  static final String UNDEFINED_TABLE = "42P01";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String QUERY_CANCELLED = "57014";

  /** Another writer was there: serialization failure, deadlock, the same key inserted twice. */
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01", UNIQUE_VIOLATION);

  /** Bad values, broken constraints, limits of the program: the same again will fail again. */
  private static final Set<String> REFUSED_CLASSES = Set.of("22", "23", "54");

  /**
   * No connection, not let in, no such database, no resources, shutting down or cancelled, a system
   * error, a lock not given.
   */
  private static final Set<String> UNAVAILABLE_CLASSES =
      Set.of("08", "28", "3D", "53", "55", "57", "58", "XX");

  /** A standby, or a transaction that the database ended because its owner stood still. */
  private static final Set<String> UNAVAILABLE = Set.of("25006", "25P03");

  private static final int MAX_CAUSES = 20;

  private PostgresFailures() {}

  /** Runs the work and translates what it throws. */
  static <T> T translated(String wanted, Supplier<T> work) {
    try {
      return work.get();
    } catch (JdbiException failure) {
      throw translate(wanted, failure);
    }
  }

  static RuntimeException translate(String wanted, RuntimeException failure) {
    SQLException cause = sqlCause(failure);
    String state = cause == null || cause.getSQLState() == null ? "" : cause.getSQLState();
    String message =
        "wanted to %s; PostgreSQL answered %s: %s"
            .formatted(wanted, state, cause == null ? failure.getMessage() : cause.getMessage());
    if (CONFLICTS.contains(state)) {
      return new RowConflictException(message, failure);
    }
    String stateClass = state.length() < 2 ? "" : state.substring(0, 2);
    if (REFUSED_CLASSES.contains(stateClass)) {
      return new RowRefusedException(message, failure);
    }
    if (failure instanceof ConnectionException
        || UNAVAILABLE_CLASSES.contains(stateClass)
        || UNAVAILABLE.contains(state)) {
      return new ViewStoreUnavailableException(message, failure);
    }
    return new IllegalStateException(message, failure);
  }

  static boolean undefinedTable(RuntimeException failure) {
    SQLException cause = sqlCause(failure);
    return cause != null && UNDEFINED_TABLE.equals(cause.getSQLState());
  }

  static boolean uniqueViolation(RuntimeException failure) {
    SQLException cause = sqlCause(failure);
    return cause != null && UNIQUE_VIOLATION.equals(cause.getSQLState());
  }

  /** Whether a statement was ended because it took too long. */
  static boolean cancelled(RuntimeException failure) {
    SQLException cause = sqlCause(failure);
    return cause != null && QUERY_CANCELLED.equals(cause.getSQLState());
  }

  private static @org.jspecify.annotations.Nullable SQLException sqlCause(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
