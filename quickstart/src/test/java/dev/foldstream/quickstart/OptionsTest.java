package dev.foldstream.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  private static final Path HOME = Path.of("/checkout/.foldstream");

  @Test
  void without_words_the_example_runs_on_the_data_of_the_last_run() throws Exception {
    assertThat(parse()).isEqualTo(new Options(HOME, false, false, true, List.of()));
  }

  @Test
  void domains_add_up_and_the_directory_may_be_another() throws Exception {
    assertThat(parse("--fresh", "--domain", "a.jar", "--domain", "b.jar", "--directory", "/data"))
        .isEqualTo(
            new Options(
                Path.of("/data"), true, false, true, List.of(Path.of("a.jar"), Path.of("b.jar"))));
  }

  @Test
  void words_that_are_not_understood_are_named() {
    assertThatThrownBy(() -> parse("--frseh")).hasMessageContaining("--frseh");
    assertThatThrownBy(() -> parse("--domain")).hasMessageContaining("path behind --domain");
    assertThatThrownBy(() -> parse("--without-example")).hasMessageContaining("--domain <jar>");
    assertThatThrownBy(() -> parse("--without-example", "--demo", "--domain", "a.jar"))
        .hasMessageContaining("--demo");
  }

  private static Options parse(String... words) throws Exception {
    return Options.parse(List.of(words), HOME);
  }
}
