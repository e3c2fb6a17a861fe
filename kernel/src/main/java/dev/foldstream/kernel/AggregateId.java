package dev.foldstream.kernel;

import java.util.Optional;

/** The rule for the ids of aggregates: 1 to 200 characters of letters, digits and {@code -_.:~}. */
public final class AggregateId {

  public static final int MAX_LENGTH = 200;

  private AggregateId() {}

  /** What is wrong with this id, or empty when it is one. */
  public static Optional<String> fault(String id) {
    if (id.isEmpty()) {
      return Optional.of("an id has 1 to " + MAX_LENGTH + " characters; this one is empty");
    }
    if (id.length() > MAX_LENGTH) {
      return Optional.of(
          "an id has at most " + MAX_LENGTH + " characters; this one has " + id.length());
    }
    for (int i = 0; i < id.length(); i++) {
      if (!allowed(id.charAt(i))) {
        return Optional.of(
            "an id is made of letters, digits and -_.:~; this one has '%s' at character %d"
                .formatted(id.charAt(i), i + 1));
      }
    }
    return Optional.empty();
  }

  private static boolean allowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.'
        || c == ':'
        || c == '~';
  }
}
