package dev.foldstream.devservices.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.foldstream.devservices.parts.DevServiceException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * One container on a fixed port of 127.0.0.1. It is created once; later starts start the same
 * container again, so that its data and address stay.
 */
final class ContainerServer {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final int STOP_TIMEOUT_SECONDS = 10;

  private final String title;
  private final GenericContainer<?> container;
  private final WaitStrategy ready;

  ContainerServer(
      String title,
      String image,
      int port,
      int innerPort,
      Map<String, String> environment,
      WaitStrategy ready) {
    this(
        title,
        new GenericContainer<>(DockerImageName.parse(image)),
        port,
        innerPort,
        environment,
        ready);
  }

  ContainerServer(
      String title,
      GenericContainer<?> container,
      int port,
      int innerPort,
      Map<String, String> environment,
      WaitStrategy ready) {
    this.title = title;
    this.container = container;
    this.ready = ready.withStartupTimeout(START_TIMEOUT);
    var binding =
        new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(innerPort));
    container.withEnv(environment);
    container.withExposedPorts(innerPort);
    container.waitingFor(this.ready);
    container.withCreateContainerCmdModifier(
        create -> Objects.requireNonNull(create.getHostConfig()).withPortBindings(binding));
  }

  synchronized void start() {
    if (isRunning()) {
      return;
    }
    String id = container.getContainerId();
    if (id == null) {
      container.start();
    } else {
      client().startContainerCmd(id).exec();
      ready.waitUntilReady(container);
    }
  }

  synchronized void stop() {
    if (isRunning()) {
      client()
          .stopContainerCmd(container.getContainerId())
          .withTimeout(STOP_TIMEOUT_SECONDS)
          .exec();
    }
  }

  synchronized void signal(String name) {
    if (isRunning()) {
      client().killContainerCmd(container.getContainerId()).withSignal(name).exec();
    }
  }

  /** Stops and removes the container with its data. */
  synchronized void remove() {
    container.stop();
  }

  synchronized boolean isRunning() {
    String id = container.getContainerId();
    if (id == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(client().inspectContainerCmd(id).exec().getState().getRunning());
    } catch (DockerException removed) {
      return false;
    }
  }

  synchronized long pid() {
    if (!isRunning()) {
      throw new DevServiceException(title + " is not running: call start()");
    }
    Long pid =
        client().inspectContainerCmd(container.getContainerId()).exec().getState().getPidLong();
    if (pid == null) {
      throw new DevServiceException("Docker names no process id for " + title);
    }
    return pid;
  }

  private DockerClient client() {
    return container.getDockerClient();
  }
}
