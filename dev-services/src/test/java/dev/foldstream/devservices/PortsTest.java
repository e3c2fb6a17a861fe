package dev.foldstream.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.process.Ports;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

  @Test
  void a_port_is_remembered_until_somebody_else_takes_it(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("ports.properties");
    int port = new Ports(file).of("kafka");
    assertThat(new Ports(file).of("kafka")).isEqualTo(port);
    try (var foreign = Foreign.listeningOn(port)) {
      int other = new Ports(file).of("kafka");
      assertThat(other).isNotEqualTo(foreign.port());
      assertThat(new Ports(file).of("kafka")).isEqualTo(other);
    }
  }
}
