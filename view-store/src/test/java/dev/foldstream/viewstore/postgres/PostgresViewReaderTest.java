package dev.foldstream.viewstore.postgres;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.kernel.Token;
import dev.foldstream.viewstore.PositionWatch;
import dev.foldstream.viewstore.PositionWatch.Progress;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewReaderConformance;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresViewReaderTest extends ViewReaderConformance {

  private static final PostgresViewStore STORE = Databases.open("view_reader");

  @AfterAll
  static void close() {
    STORE.close();
  }

  @Override
  protected ViewStore store() {
    return STORE;
  }

  @Override
  protected ViewReader reader() {
    return STORE.reader();
  }

  @Override
  protected PositionWatch watch() {
    return STORE.watch();
  }

  @Test
  void a_caller_that_waits_is_woken_though_the_database_was_restarted() throws Exception {
    put(book("a"));
    var wait = new CompletableFuture<Progress>();
    Thread.startVirtualThread(
        () -> {
          try {
            wait.complete(
                watch().await(view, Token.of(FIRST.topic(), 0, 2), Duration.ofSeconds(40)));
          } catch (InterruptedException | RuntimeException failure) {
            wait.completeExceptionally(failure);
          }
        });
    var postgres = DevServices.shared().postgres();
    Awaitility.await().untilAsserted(() -> assertThat(listeners(postgres.jdbcUrl())).isPositive());
    postgres.stopImmediately();
    postgres.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(ViewStoreUnavailableException.class)
        .until(
            () -> {
              put(book("b"));
              return true;
            });
    assertThat(wait.get(20, TimeUnit.SECONDS)).isInstanceOf(Progress.Reached.class);
  }

  private static int listeners(String url) throws Exception {
    var postgres = DevServices.shared().postgres();
    try (var connection =
            java.sql.DriverManager.getConnection(url, postgres.user(), postgres.password());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where query like 'listen %'")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
