package dev.foldstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.process.Launch;
import dev.foldstream.devservices.process.LocalHttp;
import dev.foldstream.devservices.process.Ports;
import dev.foldstream.devservices.process.ServerFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProcessTest {

  @TempDir private Path directory = Path.of("");

  private final int port = Ports.free();
  private HostProcess host = new HostProcess(launch(), port);

  @AfterEach
  void stop() {
    host.stop();
  }

  @Test
  void a_host_is_started_when_it_is_healthy_and_keeps_its_address_over_a_kill() {
    host = new HostProcess(launch(), port);
    host.start();
    long before = host.pid();
    assertThat(LocalHttp.get(host.uri() + "/health").status()).isEqualTo(200);
    host.kill();
    assertThat(host.isRunning()).isFalse();
    assertThatThrownBy(host::pid).hasMessageContaining("not running");
    host.start();
    assertThat(host.pid()).isNotEqualTo(before);
    assertThat(LocalHttp.get(host.uri() + "/health").status()).isEqualTo(200);
  }

  @Test
  void a_stop_lets_the_host_end_its_work_and_its_log_says_so() throws Exception {
    host = new HostProcess(launch(), port);
    host.start();
    host.stop();
    assertThat(host.isRunning()).isFalse();
    assertThat(Files.readString(host.log()))
        .contains("tiny host on port " + port)
        .contains("stopped in order");
  }

  @Test
  void a_failed_start_shows_the_end_of_the_log_and_leaves_no_process() {
    host = new HostProcess(launch("no such schema registry"), port);
    assertThatThrownBy(host::start)
        .isInstanceOf(DevServiceException.class)
        .hasMessageContaining("tiny-host")
        .hasMessageContaining("no such schema registry");
    assertThat(host.isRunning()).isFalse();
  }

  @Test
  void a_taken_port_is_named_with_what_to_do() {
    host = new HostProcess(launch(), port);
    host.start();
    assertThatThrownBy(new HostProcess(launch(), port)::start)
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("lsof");
  }

  private Launch launch(String... arguments) {
    return new Launch(
        "tiny-host",
        directory,
        List.of("-Xmx32m", "-XX:+UseSerialGC"),
        List.of(ServerFiles.codeSource(TinyHost.class)),
        TinyHost.class.getName(),
        List.of(arguments),
        Map.of("MICRONAUT_SERVER_PORT", Integer.toString(port)));
  }
}
