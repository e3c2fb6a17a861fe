package dev.foldstream.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.quickstart.Host;
import dev.foldstream.quickstart.HostProcess;
import dev.foldstream.quickstart.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two projectors share the work. One is killed, or stands still longer than its session in the
 * middle of a write, or the database crashes, each while events arrive. Afterwards every view
 * equals the fold of the log.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProjectorsTest {

  /** The bound of promise 9. */
  private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

  private static final String ELSEWHERE = "elsewhere";
  private static final String OVERTAKEN = "was overtaken";
  private static final String REFUSED = "terminating connection due to idle-in-transaction timeout";

  private final Installation running = SharedInstallation.running();
  private final Caller first = SharedInstallation.projections();
  private final HostProcess another = running.startAnother(Host.PROJECTOR);
  private final Caller second = new Caller(another.uri());

  @BeforeAll
  void share() {
    awaitShared();
  }

  @AfterAll
  void alone() {
    another.close();
  }

  @Test
  void a_projector_killed_under_load_loses_nothing_and_applies_nothing_twice() {
    try (var load = new ShopLoad()) {
      load.awaitMore(5);
      another.kill();
      load.awaitMore(5);
      awaitAlone();
    }
    assertFolded();
    another.start();
    awaitShared();
  }

  @Test
  void a_projector_that_stands_still_in_a_write_is_overtaken_and_its_write_touches_nothing()
      throws Exception {
    long before = saidByTheOther(OVERTAKEN);
    long refused = saidByTheOther(REFUSED);
    try (var load = new ShopLoad()) {
      load.awaitMore(2);
      stopWithinAWrite(load);
      try {
        awaitAlone();
        load.stop();
        assertFolded();
      } finally {
        signal("CONT");
      }
    }
    await().atMost(CAUGHT_UP).until(() -> saidByTheOther(OVERTAKEN) > before);
    assertThat(saidByTheOther(REFUSED)).as("its write was refused").isGreaterThan(refused);
    awaitShared();
    try (var load = new ShopLoad()) {
      load.awaitMore(3);
    }
    assertFolded();
  }

  @Test
  void while_postgresql_is_down_elasticsearch_goes_on_and_postgresql_catches_up() {
    try (var load = new ShopLoad()) {
      load.awaitMore(2);
      running.services().postgres().stopImmediately();
      try {
        load.awaitMore(3);
        String order = Shop.newId("o");
        String token = Shop.placed(order);
        var found =
            SharedInstallation.queries()
                .get(
                    "/views/order-details/" + order + "?store=elasticsearch",
                    "Foldstream-Token",
                    token,
                    "Prefer",
                    "wait=30");
        assertThat(found.status()).as(found.body()).isEqualTo(200);
      } finally {
        running.services().postgres().start();
      }
      load.awaitMore(2);
    }
    await().atMost(CAUGHT_UP).untilAsserted(this::assertFolded);
  }

  private void assertFolded() {
    FoldedLog.read(running).assertServed(SharedInstallation.queries());
    for (JsonNode view : items(first)) {
      var ledger = first.get("/projections/" + view.path("view").asText() + "/ledger").json();
      assertThat(ledger.path("complete").asBoolean()).as(ledger.toString()).isTrue();
      assertThat(ledger.findValuesAsText("quarantined")).as(ledger.toString()).containsOnly("0");
    }
  }

  /**
   * A lock on a table holds the writes of both projectors; the other one is stopped with its write
   * in the database.
   */
  private void stopWithinAWrite(ShopLoad load) throws Exception {
    try (Connection lock = connect();
        Connection look = connect()) {
      lock.setAutoCommit(false);
      execute(lock, "lock table commerce_account_balances in share row exclusive mode");
      load.awaitMore(1);
      await().atMost(CAUGHT_UP).until(() -> waiting(look) >= 2);
      signal("STOP");
      lock.rollback();
    }
  }

  private Connection connect() throws SQLException {
    var postgres = running.services().postgres();
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int waiting(Connection look) throws SQLException {
    try (var statement = look.createStatement();
        var found =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                    + " and query like '%commerce_account_balances__v%'")) {
      found.next();
      return found.getInt(1);
    }
  }

  private long saidByTheOther(String words) throws IOException {
    try (var lines = Files.lines(another.log())) {
      return lines.filter(line -> line.contains(words)).count();
    }
  }

  private void awaitShared() {
    await()
        .atMost(CAUGHT_UP)
        .until(() -> ownsSomeOfEach(first) && ownsSomeOfEach(second) && healthy());
  }

  private void awaitAlone() {
    await()
        .atMost(CAUGHT_UP)
        .until(() -> stores(first).stream().allMatch(store -> owned(store) == all(store)));
  }

  private boolean healthy() {
    return first.get("/health").status() == 200 && second.get("/health").status() == 200;
  }

  private static boolean ownsSomeOfEach(Caller projector) {
    return stores(projector).stream()
        .allMatch(store -> owned(store) > 0 && owned(store) < all(store));
  }

  private static List<JsonNode> stores(Caller projector) {
    return StreamSupport.stream(items(projector).spliterator(), false)
        .flatMap(view -> StreamSupport.stream(view.path("versions").spliterator(), false))
        .flatMap(version -> StreamSupport.stream(version.path("stores").spliterator(), false))
        .filter(store -> !store.path("partitions").isEmpty())
        .toList();
  }

  private static JsonNode items(Caller projector) {
    return projector.get("/projections").json().path("items");
  }

  private static long owned(JsonNode store) {
    return store.path("partitions").findValuesAsText("state").stream()
        .filter(state -> !state.equals(ELSEWHERE))
        .count();
  }

  private static long all(JsonNode store) {
    return store.path("partitions").size();
  }

  private void signal(String name) throws IOException, InterruptedException {
    var sent = new ProcessBuilder("kill", "-" + name, Long.toString(another.pid())).start();
    assertThat(sent.waitFor()).isZero();
  }
}
