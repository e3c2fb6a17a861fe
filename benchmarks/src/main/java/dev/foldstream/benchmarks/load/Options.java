package dev.foldstream.benchmarks.load;

import java.util.List;

/** The options of a benchmark's command line, each followed by its value. */
public record Options(List<String> arguments) {

  public static Options of(String... arguments) {
    return new Options(List.of(arguments));
  }

  public boolean askForHelp() {
    return arguments.contains("--help");
  }

  public String text(String name, String absent) {
    int at = arguments.indexOf(name);
    if (at == arguments.size() - 1) {
      throw new IllegalArgumentException("wanted a value behind %s; found none".formatted(name));
    }
    return at < 0 ? absent : arguments.get(at + 1);
  }

  /** The names of a list with commas. */
  public List<String> names(String name, String absent) {
    return List.of(text(name, absent).split(",", -1));
  }
}
