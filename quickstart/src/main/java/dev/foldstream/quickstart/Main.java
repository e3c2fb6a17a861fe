package dev.foldstream.quickstart;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.devservices.process.ServerFiles;
import dev.foldstream.quickstart.demo.ShippedTopologies;
import dev.foldstream.quickstart.demo.SimulatedShop;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What {@code ./run} starts: the parts, the hosts and the example, until it is interrupted. */
public final class Main {

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_MISUNDERSTOOD = 2;
  private static final int DEMO_COMMANDS_PER_SECOND = 5;

  private Main() {}

  public static void main(String[] words) {
    Options options;
    try {
      options = Options.parse(List.of(words), ServerFiles.root().resolve(".foldstream"));
    } catch (Options.Misunderstood e) {
      System.err.println(e.getMessage());
      System.exit(EXIT_MISUNDERSTOOD);
      return;
    }
    var console = new Console(System.out);
    try {
      run(options, console);
    } catch (RuntimeException e) {
      if (!console.isStopping()) {
        System.err.println("\nFoldstream did not start. " + e.getMessage());
      }
      System.exit(EXIT_FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Options options, Console console) throws InterruptedException {
    Path directory = options.directory().toAbsolutePath().normalize();
    if (options.fresh()) {
      DevServices.clear(directory);
      StateDirectory.clear(directory);
    }
    var builder =
        Installation.builder(directory)
            .domainJars(options.domains())
            .fixedPorts()
            .listener(console);
    var installation = (options.example() ? builder : builder.withoutExample()).build();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(installation, console), "foldstream-stop"));
    installation.start();
    console.banner(installation, directory);
    if (options.demo()) {
      new ShippedTopologies(installation.topologyService().uri(), System.out::println)
          .register(ServerFiles.root().resolve(ShippedTopologies.FOLDER));
      var shop =
          new SimulatedShop(
              installation.commandService().uri(), DEMO_COMMANDS_PER_SECOND, System.out::println);
      Thread.ofPlatform().daemon().name("simulated-shop").start(shop);
    }
    // Until the shutdown hook has run.
    new CountDownLatch(1).await();
  }

  private static void stop(Installation installation, Console console) {
    console.stopping();
    try {
      installation.close();
      console.stopped();
    } catch (RuntimeException e) {
      System.err.println("Not everything stopped in order. " + e.getMessage());
    }
  }
}
