package dev.foldstream.host.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.library.LibraryDomain;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TokensTest {

  private static final String BOOKS = "library.book.events";

  private final Tokens tokens =
      new Tokens(FoundDomains.of(List.of(new LibraryDomain())), new TopicsSettings(6, 1, 1));

  @Test
  void a_token_is_read() {
    Token token = Token.of(BOOKS, 5, 17);
    assertThat(tokens.read(token.text())).isEqualTo(token);
  }

  @Test
  void no_token_is_the_empty_one() {
    assertThat(tokens.read((String) null)).isEqualTo(Token.EMPTY);
    assertThat(tokens.read(List.of())).isEqualTo(Token.EMPTY);
  }

  @Test
  void several_tokens_are_merged_by_maximum() {
    var read =
        tokens.read(
            List.of(
                Token.of(BOOKS, 1, 7).text() + ", " + Token.of(BOOKS, 1, 9).text(),
                Token.of(BOOKS, 2, 3).text()));
    assertThat(read.sequences())
        .containsEntry(new TopicPartitionName(BOOKS, 1), 9L)
        .containsEntry(new TopicPartitionName(BOOKS, 2), 3L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "v2.YQ", "v1.YQ", "v1.%%%", "v1.YS8wPS0x"})
  void a_wrong_form_is_refused(String text) {
    assertThat(refusal(text).detail()).contains("this is none");
  }

  @Test
  void an_unknown_topic_is_refused_with_the_known_ones() {
    var refused = refusal(Token.of("library.shelf.events", 0, 1).text());
    assertThat(refused.detail()).contains("'library.shelf.events'").contains(BOOKS);
  }

  @Test
  void rows_of_topologies_are_taken_whatever_is_registered_now() {
    String text = Token.of("foldstream.views.sales.per-minute-v3", 9, 1).text();
    assertThat(tokens.read(text).text()).isEqualTo(text);
  }

  @Test
  void an_unknown_partition_is_refused_with_the_known_ones() {
    assertThat(refusal(Token.of(BOOKS, 6, 1).text()).detail()).contains("partitions 0 to 5");
  }

  @Test
  void too_many_tokens_are_refused() {
    String one = Token.of(BOOKS, 0, 1).text();
    assertThat(refusal(String.join(",", Collections.nCopies(17, one))).detail())
        .contains("at most 16 tokens; found 17");
  }

  private ProblemException refusal(String text) {
    var refused = catchThrowableOfType(ProblemException.class, () -> tokens.read(text));
    assertThat(refused.type()).isEqualTo(ProblemType.INVALID_TOKEN);
    assertThat(refused.problem("/").errors())
        .containsExactly(Fault.header("Foldstream-Token", refused.detail()));
    return refused;
  }
}
