package dev.foldstream.testkit;

import org.jspecify.annotations.Nullable;

/** Fails with both sides, one below the other. */
final class Expect {

  private Expect() {}

  static void equal(String what, @Nullable Object expected, @Nullable Object actual) {
    if (expected == null ? actual != null : !expected.equals(actual)) {
      throw new AssertionError(
          "%s%n  expected: %s%n   but was: %s".formatted(what, expected, actual));
    }
  }
}
