package dev.foldstream.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AggregateIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"o-1", "A", "0", "a.b_c:d~e-f", "zZ9", "-", "~"})
  void letters_digits_and_six_signs_make_an_id(String id) {
    assertThat(AggregateId.fault(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", "é", "a\n", "a\u0000", "a%20", "a@b", "a[", "a`", "{"})
  void anything_else_is_refused(String id) {
    assertThat(AggregateId.fault(id)).isPresent();
  }

  @Test
  void the_fault_names_the_character_and_its_place() {
    assertThat(AggregateId.fault("o/1"))
        .hasValue("an id is made of letters, digits and -_.:~; this one has '/' at character 2");
  }

  @Test
  void an_id_has_1_to_200_characters() {
    assertThat(AggregateId.fault("")).hasValueSatisfying(f -> assertThat(f).contains("empty"));
    assertThat(AggregateId.fault("x".repeat(200))).isEmpty();
    assertThat(AggregateId.fault("x".repeat(201)))
        .hasValueSatisfying(f -> assertThat(f).contains("201"));
  }
}
