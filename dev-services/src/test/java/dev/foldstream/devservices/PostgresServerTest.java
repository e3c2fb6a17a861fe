package dev.foldstream.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.parts.PostgresServer;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  private final PostgresServer postgres = DevServices.shared().postgres();

  @Test
  void a_committed_row_survives_a_kill() throws Exception {
    String url = postgres.newDatabase("killed");
    execute(url, "create table kept (n int)", "insert into kept values (1)");
    long before = postgres.pid();
    postgres.kill();
    assertThat(postgres.isRunning()).isFalse();
    postgres.start();
    assertThat(postgres.pid()).isNotEqualTo(before);
    assertThat(ask(url, "select n from kept")).isEqualTo("1");
  }

  @Test
  void a_committed_row_survives_an_immediate_stop() throws Exception {
    String url = postgres.newDatabase("stopped");
    execute(url, "create table kept (n int)", "insert into kept values (2)");
    postgres.stopImmediately();
    assertThatThrownBy(() -> ask(url, "select 1")).isInstanceOf(SQLException.class);
    postgres.start();
    assertThat(ask(url, "select n from kept")).isEqualTo("2");
  }

  @Test
  void commits_are_durable_and_the_password_counts() throws Exception {
    assertThat(ask(postgres.jdbcUrl(), "show fsync")).isEqualTo("on");
    assertThat(ask(postgres.jdbcUrl(), "show synchronous_commit")).isEqualTo("on");
    assertThat(ask(postgres.jdbcUrl(), "show server_version")).startsWith("18.");
    assertThatThrownBy(
            () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong").close())
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void a_new_database_is_empty_also_when_its_name_was_used_before() throws Exception {
    execute(postgres.newDatabase("again"), "create table old (n int)");
    String url = postgres.newDatabase("again");
    assertThat(ask(url, "select count(*) from pg_tables where tablename = 'old'")).isEqualTo("0");
    assertThatThrownBy(() -> postgres.newDatabase("x; drop database foldstream"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_taken_port_is_refused() throws Exception {
    postgres.stop();
    int port = URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort();
    try (var foreign = Foreign.listeningOn(port)) {
      assertThatThrownBy(postgres::start)
          .isInstanceOf(DevServiceException.class)
          .hasMessageContaining("127.0.0.1:" + foreign.port());
    }
    postgres.start();
    assertThat(ask(postgres.jdbcUrl(), "select 1")).isEqualTo("1");
  }

  private void execute(String url, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection(url, postgres.user(), postgres.password());
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String ask(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url, postgres.user(), postgres.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
