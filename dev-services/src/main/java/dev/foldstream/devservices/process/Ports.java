package dev.foldstream.devservices.process;

import dev.foldstream.devservices.parts.DevServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for one installation, remembered in a file of its directory.
 *
 * <p>They lie below the range from which systems take the ports of outgoing connections, so that no
 * client, not even one of ours that tries to reconnect, can take the port of a server that is down.
 */
public final class Ports {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 200;

  private static final Set<Integer> GIVEN = new HashSet<>();

  private final Path file;
  private final Properties remembered = new Properties();

  public Ports(Path file) {
    this.file = file;
    if (Files.exists(file)) {
      try (var in = Files.newInputStream(file)) {
        remembered.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException("Reading " + file, e);
      }
    }
  }

  /** The remembered port of this name, or another one when it is taken or not yet known. */
  public synchronized int of(String name) {
    String known = remembered.getProperty(name);
    if (known != null && isFree(Integer.parseInt(known))) {
      return Integer.parseInt(known);
    }
    int port = free();
    remembered.setProperty(name, Integer.toString(port));
    try (var out = Files.newOutputStream(file)) {
      remembered.store(out, "Ports of the servers in this directory");
    } catch (IOException e) {
      throw new UncheckedIOException("Writing " + file, e);
    }
    return port;
  }

  /** A port that nobody listens on and that this JVM has not given away before. */
  public static int free() {
    synchronized (GIVEN) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        if (isFree(port) && GIVEN.add(port)) {
          return port;
        }
      }
    }
    throw new DevServiceException(
        "Wanted a free port between %d and %d, found none in %d attempts"
            .formatted(LOWEST, HIGHEST, ATTEMPTS));
  }

  public static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /** Refuses a port that another server holds. */
  public static void requireFree(int port, String forWhat) {
    if (!isFree(port)) {
      throw new DevServiceException(
          "%s wants 127.0.0.1:%d, but another process listens there: stop it (lsof -i :%d names it)"
              .formatted(forWhat, port, port));
    }
  }
}
