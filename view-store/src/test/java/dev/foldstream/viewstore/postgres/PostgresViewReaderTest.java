package dev.foldstream.viewstore.postgres;

import static dev.foldstream.viewstore.Shelf.FIRST;
import static dev.foldstream.viewstore.Shelf.book;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.kernel.Token;
import dev.foldstream.viewstore.ConditionsConformance;
import dev.foldstream.viewstore.PositionWatch;
import dev.foldstream.viewstore.PositionWatch.Progress;
import dev.foldstream.viewstore.Shelf;
import dev.foldstream.viewstore.ViewReader;
import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.changes.ChangeCursor;
import dev.foldstream.viewstore.changes.ChangeReader;
import dev.foldstream.viewstore.changes.Changes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresViewReaderTest extends ConditionsConformance {

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
  void changes_name_the_rows_that_changed_since_a_cursor() {
    put(book("a"));
    ChangeReader changes = STORE.changeReader();
    Changes start = changes.read(view, null);
    assertThat(start.known()).isFalse();
    put(book("b"), book("c"));
    put(book("b"));
    Changes since = changes.read(view, start.now());
    assertThat(since.known()).isTrue();
    assertThat(since.keys()).containsExactlyInAnyOrder("b", "c");
    assertThat(since.now().covers(start.now())).isTrue();
    assertThat(start.now().covers(since.now())).isFalse();
    assertThat(reader().rows(view, since.keys()).get("b"))
        .isEqualTo(reader().row(view, "b").orElseThrow());
    Changes nothing = changes.read(view, since.now());
    assertThat(nothing.known()).isTrue();
    assertThat(nothing.keys()).isEmpty();
    Changes all = changes.read(view, ChangeCursor.at(1, Token.EMPTY));
    assertThat(all.keys()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void what_is_not_known_of_changes_is_never_left_out_in_silence() {
    put(book("a"));
    ChangeReader changes = STORE.changeReader();
    Changes start = changes.read(view, null);
    var otherVersion = new ChangeCursor(2, start.now().marks());
    assertThat(changes.read(view, otherVersion).known()).isFalse();
    var ahead = ChangeCursor.at(1, Token.of(FIRST.topic(), 0, 2));
    assertThat(changes.read(view, ahead).known()).isFalse();
    put(
        IntStream.rangeClosed(0, PostgresChanges.MAX_KEYS)
            .mapToObj(i -> book("many-" + i))
            .toArray(Shelf.Book[]::new));
    assertThat(changes.read(view, start.now()).known()).isFalse();
    Changes again = changes.read(view, null);
    put(book("a"));
    assertThat(changes.read(view, again.now()).keys()).containsExactly("a");
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
