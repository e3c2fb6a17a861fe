package dev.foldstream.host.requests;

import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.host.settings.TopicsSettings;
import dev.foldstream.kernel.Token;
import dev.foldstream.kernel.TopicPartitionName;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads tokens that callers send.
 *
 * <ol>
 *   <li>A token of a wrong form, or with a topic or a partition that no found domain has, is
 *       refused and never guessed at. Rows of registered topologies come and go: whoever serves
 *       them knows whether a part that names them is of concern.
 *   <li>Several tokens in one request are merged by maximum.
 *   <li>No token is {@link Token#EMPTY}.
 * </ol>
 */
@Singleton
public final class Tokens {

  /** How many tokens one request may carry. */
  public static final int MAX_TOKENS = 16;

  private final Set<String> topics;
  private final int partitions;

  public Tokens(FoundDomains domains, TopicsSettings settings) {
    this.topics = domains.eventsTopics();
    this.partitions = settings.partitions();
  }

  /** The token of a header that was sent once or not at all. */
  public Token read(@Nullable String header) {
    return header == null ? Token.EMPTY : read(List.of(header));
  }

  /** The token of a header that was sent any number of times; each may hold several, by comma. */
  public Token read(List<String> headers) {
    var texts =
        headers.stream()
            .flatMap(header -> List.of(header.split(",", -1)).stream())
            .map(String::strip)
            .toList();
    if (texts.size() > MAX_TOKENS) {
      throw invalid(
          "a request carries at most %d tokens; found %d".formatted(MAX_TOKENS, texts.size()));
    }
    return texts.stream().map(this::known).reduce(Token.EMPTY, Token::merge);
  }

  private Token known(String text) {
    Token token =
        Token.parse(text)
            .orElseThrow(
                () ->
                    invalid(
                        "a token is the text that an answer of Foldstream carried, unchanged; this is none: '%s'"
                            .formatted(shortened(text))));
    token.sequences().keySet().forEach(this::check);
    return token;
  }

  private void check(TopicPartitionName name) {
    if (TopicNames.isViewRows(name.topic())) {
      return;
    }
    if (!topics.contains(name.topic())) {
      throw invalid(
          "the token names the topic '%s', which is not an events topic of any domain served here; these are %s"
              .formatted(shortened(name.topic()), topics));
    }
    if (name.partition() >= partitions) {
      throw invalid(
          "the token names partition %d of '%s', which has partitions 0 to %d"
              .formatted(name.partition(), name.topic(), partitions - 1));
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_TOKEN, detail)
        .fault(Fault.header(FoldstreamHeaders.TOKEN, detail));
  }

  private static String shortened(String text) {
    int most = 100;
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
