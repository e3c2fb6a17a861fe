package dev.foldstream.eventstore.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.schemas.registry.IncompatibleSchemaException;
import dev.foldstream.schemas.registry.SchemaRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StateCodecTest {

  private final SchemaRegistry registry = new InMemorySchemaRegistry();

  /** As a state was. */
  static final class Before {
    record Shape(String a) {}
  }

  /** With a component that may be null. */
  static final class Compatible {
    record Shape(String a, @Nullable String b) {}
  }

  /** With a component that an old state does not have. */
  static final class Incompatible {
    record Shape(String a, int b) {}
  }

  @Test
  void a_state_of_an_older_shape_is_read_by_resolution() {
    byte[] stored = codec(Before.Shape.class).encode(new Before.Shape("x"));
    assertThat(codec(Compatible.Shape.class).decode(stored))
        .isEqualTo(new Compatible.Shape("x", null));
  }

  @Test
  void a_shape_that_cannot_read_what_is_stored_is_refused_at_the_start() {
    codec(Before.Shape.class);
    assertThatThrownBy(() -> codec(Incompatible.Shape.class))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("b");
  }

  private <S> StateCodec<S> codec(Class<S> shape) {
    var codec = new StateCodec<>(registry, "d", "p", shape, 1);
    codec.register();
    return codec;
  }
}
