package dev.foldstream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TokenTest {

  private static final String ORDERS = "commerce.order.events";
  private static final String STOCK = "commerce.stock.events";

  @Test
  void a_token_reads_back_from_its_text() {
    var token =
        Token.of(ORDERS, 0, 7)
            .merge(Token.of(STOCK, 11, Long.MAX_VALUE))
            .merge(Token.of(ORDERS, 5, 0));
    assertThat(Token.parse(token.text())).contains(token);
    assertThat(token).hasToString(token.text());
  }

  @Test
  void the_empty_token_reads_back_too() {
    assertThat(Token.EMPTY.text()).isEqualTo("v1.");
    assertThat(Token.parse("v1.")).contains(Token.EMPTY);
  }

  @Test
  void the_text_is_the_stored_form() {
    var token = Token.of(STOCK, 2, 40).merge(Token.of(ORDERS, 10, 3)).merge(Token.of(ORDERS, 9, 1));
    var inside = "commerce.order.events/9=1,commerce.order.events/10=3,commerce.stock.events/2=40";
    assertThat(token.text()).isEqualTo(text(inside));
  }

  @Test
  void the_text_is_safe_in_a_url() {
    assertThat(Token.of("a?b>c~", 1, 62).text()).matches("[A-Za-z0-9._~-]+");
  }

  @Test
  void merging_takes_the_maximum_of_each_partition() {
    var left = Token.of(ORDERS, 0, 7).merge(Token.of(ORDERS, 1, 3));
    var right = Token.of(ORDERS, 1, 9).merge(Token.of(ORDERS, 0, 2));
    var both = Token.of(ORDERS, 0, 7).merge(Token.of(ORDERS, 1, 9));
    assertThat(left.merge(right)).isEqualTo(both).isEqualTo(right.merge(left));
    assertThat(both.merge(both)).isEqualTo(both);
    assertThat(both.merge(Token.EMPTY)).isEqualTo(both);
  }

  @Test
  void merging_leaves_both_as_they_were() {
    var left = Token.of(ORDERS, 0, 7);
    left.merge(Token.of(ORDERS, 0, 9));
    assertThat(left).isEqualTo(Token.of(ORDERS, 0, 7));
  }

  @Test
  void a_token_does_not_change_with_the_map_it_was_made_of() {
    var sequences = new TreeMap<TopicPartitionName, Long>();
    var token = new Token(sequences);
    sequences.put(new TopicPartitionName(ORDERS, 0), 1L);
    assertThat(token).isEqualTo(Token.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic",
        "topic/0",
        "topic=1",
        "/0=1",
        "topic/=1",
        "topic/0=",
        "topic/x=1",
        "topic/0=x",
        "topic/-1=1",
        "topic/0=-1",
        "topic/0=1,",
        ",topic/0=1",
        "topic/0=1;topic/1=1",
        "topic/99999999999=1",
        "topic/0=99999999999999999999"
      })
  void a_wrong_content_is_no_token(String inside) {
    assertThat(Token.parse(text(inside))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1",
        "v2.",
        "dG9waWMvMD0x",
        "v1.!!!!",
        "v1.dG9waWMv MD0x",
        "V1.dG9waWMvMD0x",
        "v1.a"
      })
  void a_wrong_form_is_no_token(String text) {
    assertThat(Token.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic/0=5,topic/0=3",
        "topic/1=5,topic/0=3",
        "topic/0=+5",
        "topic/00=5",
        "topic/0=05"
      })
  void the_same_said_in_another_way_is_no_token(String inside) {
    assertThat(Token.parse(text(inside))).isEmpty();
  }

  @Test
  void padding_is_no_part_of_a_token() {
    var text = Token.of("topic", 10, 5).text();
    assertThat(Token.parse(text)).isPresent();
    assertThat(Token.parse(text + "==")).isEmpty();
  }

  @Test
  void a_text_that_is_too_long_is_no_token() {
    var inside = "a".repeat(Token.MAX_LENGTH) + "/0=1";
    assertThat(Token.parse(text(inside))).isEmpty();
  }

  private static String text(String inside) {
    byte[] bytes = inside.getBytes(StandardCharsets.UTF_8);
    return "v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
