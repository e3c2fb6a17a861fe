package dev.foldstream.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs contenders one after the other, each in a JVM of its own, takes the rows that they print,
 * and reports the medians.
 */
public final class Contest<F extends Figures> {

  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms512m",
          "-Xmx1g",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /** Lines that are no rows and are shown when a contender fails. */
  private static final int LINES_KEPT = 40;

  private final String header;
  private final Function<String, F> parse;
  private final Function<List<F>, F> median;
  private final String jvmOption;
  private final List<F> rows = new ArrayList<>();

  /**
   * Contenders whose rows stand under this header.
   *
   * @param parse reads what {@link Figures#row} wrote
   * @param jvmOption one more, for a profile
   */
  public Contest(
      String header, Function<String, F> parse, Function<List<F>, F> median, String jvmOption) {
    this.header = header;
    this.parse = parse;
    this.median = median;
    this.jvmOption = jvmOption;
    System.out.println(header);
  }

  public void run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
    run(main.getName(), "", arguments);
  }

  /**
   * Runs one contender until it ends.
   *
   * @param moreClassPath {@link PeerModule#classPath}, or nothing
   */
  public void run(String main, String moreClassPath, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.add(jvmOption);
    command.addAll(List.of("-cp", System.getProperty("java.class.path") + moreClassPath, main));
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var said = new ArrayDeque<String>();
    try (Stream<String> lines = process.inputReader().lines()) {
      lines.forEach(line -> take(line, said));
    }
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "%s ended with %d; it said last:%n%s".formatted(main, code, String.join("\n", said)));
    }
  }

  private void take(String line, Deque<String> said) {
    if (line.startsWith("|")) {
      take(parse.apply(line));
      return;
    }
    said.addLast(line);
    if (said.size() > LINES_KEPT) {
      said.removeFirst();
    }
  }

  /** Prints a row and counts it. */
  public void take(F row) {
    System.out.println(row.row());
    rows.add(row);
  }

  /** Prints the median of each contender. */
  public List<F> medians() {
    var groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(Figures::label, LinkedHashMap::new, Collectors.toList()));
    System.out.println("\nMedians\n\n" + header);
    List<F> medians = groups.values().stream().map(median).toList();
    medians.forEach(one -> System.out.println(one.row()));
    return medians;
  }

  /** Prints what each rate is over the best rate of a peer, if it took part. */
  public void ratios(List<F> medians, String peer, Predicate<F> isPeer) {
    double best = medians.stream().filter(isPeer).mapToDouble(Figures::perSecond).max().orElse(0);
    if (best > 0) {
      System.out.println("\nRate over the best rate of " + peer);
      medians.forEach(
          one -> System.out.printf(Locale.ROOT, "%s: %.2f%n", one.label(), one.perSecond() / best));
    }
  }
}
