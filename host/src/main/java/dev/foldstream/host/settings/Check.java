package dev.foldstream.host.settings;

import dev.foldstream.host.start.StartRefusedException;
import java.net.URI;
import java.net.URISyntaxException;

/** Refuses a start with a setting that cannot be meant. */
public final class Check {

  private Check() {}

  public static void between(String setting, long value, long least, long most) {
    if (value < least || value > most) {
      throw new StartRefusedException(
          "The setting %s is a number from %d to %d; found %d."
              .formatted(setting, least, most, value));
    }
  }

  public static void notBlank(String setting, String value) {
    if (value.isBlank()) {
      throw new StartRefusedException("The setting %s must not be empty.".formatted(setting));
    }
  }

  /** Refuses anything but {@code http://host[:port][/path]} or the same with https. */
  public static void httpAddress(String setting, String value) {
    try {
      var address = new URI(value);
      boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (http && address.getHost() != null) {
        return;
      }
    } catch (URISyntaxException notAnAddress) {
      // refused below like any other wrong address
    }
    throw new StartRefusedException(
        "The setting %s is an address like http://127.0.0.1:9200; found '%s'."
            .formatted(setting, value));
  }

  public static void startsWith(String setting, String value, String beginning) {
    if (!value.startsWith(beginning)) {
      throw new StartRefusedException(
          "The setting %s begins with %s; found '%s'.".formatted(setting, beginning, value));
    }
  }
}
