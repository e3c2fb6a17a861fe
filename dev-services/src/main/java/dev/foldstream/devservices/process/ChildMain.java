package dev.foldstream.devservices.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of every child JVM: runs another main class and exits at the end of standard
 * input, which comes when the parent closes it or dies, even by {@code kill -9}.
 *
 * <p>Shutdown hooks run as at SIGTERM; a JVM whose hooks hang is halted after {@link
 * #EXIT_TIMEOUT_MILLIS}.
 */
public final class ChildMain {

  /** Below the time a parent waits before it kills. */
  static final long EXIT_TIMEOUT_MILLIS = 4_500;

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_HOOKS_HUNG = 70;

  private ChildMain() {}

  public static void main(String[] arguments) throws Exception {
    InputStream parent = System.in;
    System.setIn(InputStream.nullInputStream());
    daemon("stop-with-parent", () -> exitAtEndOf(parent));
    String mainClass = arguments[0];
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    try {
      Class.forName(mainClass).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      // Threads that were already started would keep a half-started server alive.
      var cause = e.getCause() == null ? e : e.getCause();
      cause.printStackTrace(System.err);
      exit(EXIT_FAILED);
    }
  }

  private static void exitAtEndOf(InputStream parent) {
    byte[] ignored = new byte[64];
    try {
      while (parent.read(ignored) >= 0) {
        // What the parent writes has no meaning; only the end has.
      }
    } catch (IOException e) {
      System.err.println("Standard input broke, taken as its end: " + e);
    }
    exit(0);
  }

  private static void exit(int status) {
    daemon("halt-when-hooks-hang", ChildMain::haltLater);
    System.exit(status);
  }

  private static void haltLater() {
    try {
      Thread.sleep(EXIT_TIMEOUT_MILLIS);
      System.err.println("Shutdown hooks took more than " + EXIT_TIMEOUT_MILLIS + " ms: halting");
      Runtime.getRuntime().halt(EXIT_HOOKS_HUNG);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
