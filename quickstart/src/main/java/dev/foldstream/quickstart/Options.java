package dev.foldstream.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./run} was told. */
record Options(Path directory, boolean fresh, boolean demo, boolean example, List<Path> domains) {

  /** A word that is not understood; the message says which are. */
  static final class Misunderstood extends Exception {
    private static final long serialVersionUID = 1L;

    Misunderstood(String message) {
      super(message);
    }
  }

  static Options parse(List<String> words, Path defaultDirectory) throws Misunderstood {
    Path directory = defaultDirectory;
    boolean fresh = false;
    boolean demo = false;
    boolean example = true;
    var domains = new ArrayList<Path>();
    for (var rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      switch (word) {
        case "--fresh" -> fresh = true;
        case "--demo" -> demo = true;
        case "--without-example" -> example = false;
        case "--domain" -> domains.add(path(word, rest));
        case "--directory" -> directory = path(word, rest);
        default ->
            throw new Misunderstood(
                "Wanted --fresh, --demo, --domain <jar>, --without-example, --directory <path> or "
                    + "--help, found "
                    + word);
      }
    }
    if (!example && domains.isEmpty()) {
      throw new Misunderstood("--without-example leaves no domain: name one with --domain <jar>");
    }
    if (!example && demo) {
      throw new Misunderstood("--demo trades in the example: leave out --without-example");
    }
    return new Options(directory, fresh, demo, example, List.copyOf(domains));
  }

  private static Path path(String word, java.util.Iterator<String> rest) throws Misunderstood {
    if (!rest.hasNext()) {
      throw new Misunderstood("Wanted a path behind " + word + ", found nothing");
    }
    return Path.of(rest.next());
  }
}
