package dev.foldstream.queryservice.answers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The text of an answer as it is written; one that becomes too large is given up. */
public final class AnswerText {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int EXPECTED_SIZE = 2_048;

  /** One JSON value, as it is written by hand. */
  @FunctionalInterface
  public interface Content {
    void writeTo(JsonGenerator out) throws IOException;
  }

  private final Bytes bytes;

  private AnswerText(int most) {
    this.bytes = new Bytes(most);
  }

  /**
   * The bytes of what is written.
   *
   * @param most how many there may be
   */
  public static byte[] of(int most, Content content) {
    var text = new AnswerText(most);
    try (JsonGenerator out = JSON.createGenerator(text.bytes)) {
      content.writeTo(out);
    } catch (IOException notOnBytes) {
      throw new UncheckedIOException(notOnBytes);
    }
    return text.bytes.kept.toByteArray();
  }

  private static final class Bytes extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(EXPECTED_SIZE);
    private final int most;

    Bytes(int most) {
      this.most = most;
    }

    @Override
    public void write(int one) {
      check(1);
      kept.write(one);
    }

    @Override
    public void write(byte[] some, int from, int length) {
      check(length);
      kept.write(some, from, length);
    }

    private void check(int more) {
      if (kept.size() + more > most) {
        throw new ProblemException(
            ProblemType.ANSWER_TOO_LARGE,
            "An answer has at most %d bytes, and this one is larger. Ask for fewer rows (limit) or fewer columns (select), or raise foldstream.queries.max-answer-size."
                .formatted(most));
      }
    }
  }
}
