package dev.foldstream.queryservice.views;

import dev.foldstream.viewstore.ViewRow;
import io.micronaut.http.HttpHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The ETag of a row: its revision and a short hash of its text. The revision alone is not enough,
 * since it begins anew when a removed row comes again, and a rebuilt view may say something else
 * for the same events.
 */
final class EntityTags {

  private static final int HASH_BYTES = 9;
  private static final String WEAK = "W/";

  private EntityTags() {}

  static String of(ViewRow row, byte[] text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      String first =
          Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
      return "\"" + row.revision() + "-" + first + "\"";
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Whether the caller holds what this tag stands for (RFC 9110, weak comparison). */
  static boolean held(HttpHeaders headers, String tag) {
    List<String> sent = headers.getAll(HttpHeaders.IF_NONE_MATCH);
    return sent.stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .map(String::strip)
        .map(one -> one.startsWith(WEAK) ? one.substring(WEAK.length()) : one)
        .anyMatch(one -> one.equals(tag) || one.equals("*"));
  }
}
