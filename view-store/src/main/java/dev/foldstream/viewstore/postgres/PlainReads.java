package dev.foldstream.viewstore.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/**
 * Reads that are so frequent that Jdbi would cost as much as the statement. Failures are those of
 * Jdbi.
 */
final class PlainReads {

  /** Puts the parameters into a statement. */
  @FunctionalInterface
  interface Parameters {
    void into(PreparedStatement statement) throws SQLException;
  }

  /** Makes a value of the row at hand. */
  @FunctionalInterface
  interface Mapping<T> {
    T value(ResultSet rows) throws SQLException;
  }

  /** A statement failed; the cause says why. */
  private static final class FailedReadException extends JdbiException {
    private static final long serialVersionUID = 1L;

    FailedReadException(SQLException cause) {
      super(cause);
    }
  }

  private final DataSource pool;

  PlainReads(DataSource pool) {
    this.pool = pool;
  }

  <T> List<T> list(String sql, Parameters parameters, Mapping<T> mapping) {
    try (Connection connection = connection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      parameters.into(select);
      try (ResultSet rows = select.executeQuery()) {
        var list = new ArrayList<T>();
        while (rows.next()) {
          list.add(mapping.value(rows));
        }
        return list;
      }
    } catch (SQLException failure) {
      throw new FailedReadException(failure);
    }
  }

  private Connection connection() {
    try {
      return pool.getConnection();
    } catch (SQLException failure) {
      throw new ConnectionException(failure);
    }
  }
}
