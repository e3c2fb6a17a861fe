package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.watch.WakeUps;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens for moved positions on a connection of its own, which is made again after a failure. Used
 * by one thread, and closed by another.
 */
final class PostgresWakeUps implements WakeUps {

  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(250);

  private final PostgresSettings settings;
  private volatile @Nullable Connection connection;

  PostgresWakeUps(PostgresSettings settings) {
    this.settings = settings;
  }

  @Override
  public Woken next(Duration atMost) throws InterruptedException {
    try {
      Connection listening = connection;
      if (listening == null) {
        connection = listen();
        return Woken.ANY;
      }
      PGNotification[] notifications =
          listening.unwrap(PGConnection.class).getNotifications(Math.toIntExact(atMost.toMillis()));
      return new Woken(false, paths(notifications));
    } catch (SQLException lost) {
      close();
      Thread.sleep(RECONNECT_PAUSE);
      return Woken.ANY;
    }
  }

  private Connection listen() throws SQLException {
    Connection fresh = PostgresConnections.patient(settings);
    try (Statement statement = fresh.createStatement()) {
      statement.execute("listen " + PostgresPositions.CHANNEL);
      return fresh;
    } catch (SQLException failure) {
      fresh.close();
      throw failure;
    }
  }

  private static Set<String> paths(PGNotification @Nullable [] notifications) {
    var paths = new HashSet<String>();
    if (notifications != null) {
      for (PGNotification notification : notifications) {
        paths.add(notification.getParameter());
      }
    }
    return paths;
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException ignored) {
        // The connection is given up either way.
      }
    }
  }
}
