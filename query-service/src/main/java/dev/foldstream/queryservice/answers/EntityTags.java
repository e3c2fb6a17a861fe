package dev.foldstream.queryservice.answers;

import dev.foldstream.viewstore.ViewRow;
import io.micronaut.http.HttpHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Tags of answers. That of a row is its revision and a short hash of its text: the revision alone
 * is not enough, since it begins anew when a removed row comes again, and a rebuilt view may say
 * something else for the same events. That of a list is weak, since the same rows may come with
 * another token.
 */
public final class EntityTags {

  private static final int HASH_BYTES = 9;
  private static final String AFTER_TOKEN = "\"}";
  private static final String WEAK = "W/";

  private EntityTags() {}

  public static String of(ViewRow row, byte[] text) {
    return "\"" + row.revision() + "-" + hash(text, text.length) + "\"";
  }

  /** The tag of a list that ends with its token, by what is before it. */
  public static String ofList(byte[] text, String token) {
    int untilToken = text.length - token.length() - AFTER_TOKEN.length();
    return WEAK + "\"" + hash(text, untilToken) + "\"";
  }

  private static String hash(byte[] text, int length) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(text, 0, length);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(digest.digest(), HASH_BYTES));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Whether the caller holds what this tag stands for (RFC 9110, weak comparison). */
  static boolean held(HttpHeaders headers, String tag) {
    List<String> sent = headers.getAll(HttpHeaders.IF_NONE_MATCH);
    String strong = strong(tag);
    return !sent.isEmpty()
        && sent.stream()
            .flatMap(header -> Arrays.stream(header.split(",", -1)))
            .map(String::strip)
            .anyMatch(one -> one.equals("*") || strong(one).equals(strong));
  }

  private static String strong(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }
}
