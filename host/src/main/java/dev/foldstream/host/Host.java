package dev.foldstream.host;

import dev.foldstream.host.start.HostStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a host until it is told to end.
 *
 * <p>Beside its main class a host keeps {@code help.txt}: what it does, its port and the settings
 * that are its own. {@code --help} prints it, then the settings all hosts share.
 */
public final class Host {

  private static final String HELP = "help.txt";
  private static final List<String> HELP_OPTIONS = List.of("--help", "-h", "help");

  private Host() {}

  /**
   * Starts the host and returns when it ends. With {@code --help} it prints and returns at once.
   *
   * @param main the host's main class, beside which its {@code help.txt} lies
   * @param name the host's name, {@code query-service}
   */
  public static void run(Class<?> main, String name, String... args) {
    if (Arrays.stream(args).anyMatch(HELP_OPTIONS::contains)) {
      help(main, name, System.out);
      return;
    }
    new HostStart(main, args).start();
  }

  static void help(Class<?> main, String name, PrintStream out) {
    out.println(name);
    out.println();
    out.println(text(name, main.getResourceAsStream(HELP)));
    out.println(text("host", Host.class.getResourceAsStream("settings.txt")));
  }

  private static String text(String name, @Nullable InputStream resource) {
    if (resource == null) {
      throw new IllegalStateException(name + " has no help text beside its main class: " + HELP);
    }
    try (resource) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
