package dev.foldstream.commerce.values;

import dev.foldstream.kernel.AggregateId;
import java.math.BigDecimal;
import java.util.Currency;

/**
 * Checks the shape of a command's component. Each check returns the value to keep, or throws with a
 * message that begins with the component's name.
 *
 * <p>Events and states are never checked: what was recorded stays readable when a rule changes.
 */
public final class Check {

  /** An amount of money is smaller than 10 to this power, so that sums of many still fit. */
  public static final int MONEY_INTEGER_DIGITS = 11;

  private static final int MONEY_SCALE = 2;

  private Check() {}

  public static String id(String component, String id) {
    AggregateId.fault(id)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(component + ": " + fault);
            });
    return id;
  }

  public static String text(String component, String text, int maxLength) {
    if (text.isBlank() || text.length() > maxLength) {
      throw fault(
          component,
          "1 to " + maxLength + " characters, not all blank",
          text.length() > maxLength ? text.length() + " characters" : "'" + text + "'");
    }
    return text;
  }

  public static String email(String component, String email, int maxLength) {
    int at = email.lastIndexOf('@');
    boolean blanks = email.chars().anyMatch(Character::isWhitespace);
    if (at < 1 || at == email.length() - 1 || blanks || email.length() > maxLength) {
      throw fault(
          component,
          "an address like name@example.com of at most " + maxLength + " characters",
          "'" + email + "'");
    }
    return email;
  }

  public static String currency(String component, String code) {
    try {
      return Currency.getInstance(code).getCurrencyCode();
    } catch (IllegalArgumentException unknown) {
      throw fault(component, "an ISO 4217 code like EUR", "'" + code + "'");
    }
  }

  public static int between(String component, int min, int max, int number) {
    if (number < min || number > max) {
      throw fault(component, "a number from " + min + " to " + max, number);
    }
    return number;
  }

  /** The amount at scale 2, so that 19.9 equals 19.90. */
  public static BigDecimal money(String component, BigDecimal amount) {
    // Stripped first: widening 1E+999999999 would fill the memory.
    var stripped = amount.stripTrailingZeros();
    if (stripped.scale() > MONEY_SCALE) {
      throw fault(component, "an amount with at most " + MONEY_SCALE + " decimal places", amount);
    }
    if ((long) stripped.precision() - stripped.scale() > MONEY_INTEGER_DIGITS) {
      throw fault(
          component,
          "an amount with at most " + MONEY_INTEGER_DIGITS + " digits before the point",
          amount);
    }
    return stripped.setScale(MONEY_SCALE);
  }

  private static IllegalArgumentException fault(String component, String wanted, Object found) {
    return new IllegalArgumentException(
        "%s: wanted %s; found %s".formatted(component, wanted, found));
  }
}
