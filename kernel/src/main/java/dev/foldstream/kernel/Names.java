package dev.foldstream.kernel;

import java.util.regex.Pattern;

/**
 * The rule for names of domains and features: they become parts of topic, table and index names.
 */
public final class Names {

  public static final int MAX_LENGTH = 40;
  private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private Names() {}

  /** Refuses any other name with an {@link IllegalArgumentException} that says what is wrong. */
  public static void check(String kind, String name) {
    if (name.length() > MAX_LENGTH || !ALLOWED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a %s is named with at most %d lower-case letters, digits and single dashes, beginning with a letter; found '%s'"
              .formatted(kind, MAX_LENGTH, name));
    }
  }
}
