package dev.foldstream.kernel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "order", "order-details", "v2", "a-1-b"})
  void lower_case_letters_digits_and_single_dashes_make_a_name(String name) {
    assertThatCode(() -> Names.check("view", name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Order", "1a", "-a", "a-", "a--b", "a_b", "a.b", "a b", "é", "a\n"})
  void anything_else_is_refused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.check("view", name))
        .withMessageStartingWith("a view is named")
        .withMessageEndingWith("found '" + name + "'");
  }

  @Test
  void a_name_has_at_most_40_characters() {
    assertThatCode(() -> Names.check("view", "x".repeat(40))).doesNotThrowAnyException();
    assertThatIllegalArgumentException().isThrownBy(() -> Names.check("view", "x".repeat(41)));
  }
}
