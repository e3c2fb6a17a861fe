package dev.foldstream.eventstore.wire;

import static dev.foldstream.eventstore.wire.HeaderNames.ANSWER_TO;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where whoever sent a command waits for its outcome: {@code <partition>:<instance>}, in a header
 * of the command that its outcome carries too. A command without one is not answered anywhere but
 * in the outcomes topic.
 *
 * @param partition of the answers topic that the instance reads
 * @param instance 1 to 40 letters or digits
 */
public record AnswerAddress(int partition, String instance) {

  private static final Pattern FORM = Pattern.compile("(\\d{1,4}):([A-Za-z0-9]{1,40})");
  private static final int MAX_BYTES = 45;

  /** The address in these headers; null when there is none, or it is not one. */
  public static @Nullable AnswerAddress read(Headers headers) {
    Header header = headers.lastHeader(ANSWER_TO);
    if (header == null || header.value() == null || header.value().length > MAX_BYTES) {
      return null;
    }
    var matcher = FORM.matcher(new String(header.value(), StandardCharsets.UTF_8));
    return matcher.matches()
        ? new AnswerAddress(Integer.parseInt(matcher.group(1)), matcher.group(2))
        : null;
  }

  /** Lets the outcome carry the address of its command, if that is one. */
  public static void copy(Headers command, Headers outcome) {
    AnswerAddress address = read(command);
    if (address != null) {
      address.write(outcome);
    }
  }

  public void write(Headers headers) {
    headers.add(ANSWER_TO, bytes());
  }

  /** Whether these headers carry this address; cheaper than to read it. */
  public boolean isIn(Headers headers) {
    Header header = headers.lastHeader(ANSWER_TO);
    return header != null && Arrays.equals(bytes(), header.value());
  }

  private byte[] bytes() {
    return (partition + ":" + instance).getBytes(StandardCharsets.UTF_8);
  }
}
