package dev.foldstream.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.samples.Everything;
import dev.foldstream.schemas.samples.EverythingSamples;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RecordCodecPropertyTest {

  private final RecordCodec<Everything> codec =
      RecordCodec.of(Everything.class, RecordSchemas.schemaOf(Everything.class, "test"));
  private final RecordJson json = new RecordJson();

  @Property(tries = 500)
  void what_is_written_comes_back_equal(@ForAll long seed) {
    var everything = EverythingSamples.of(seed);
    assertThat(codec.decode(codec.encode(everything))).isEqualTo(everything);
  }

  @Property(tries = 500)
  void what_is_written_as_JSON_comes_back_equal(@ForAll long seed) {
    var everything = EverythingSamples.of(seed);
    var text = json.text(everything).getBytes(StandardCharsets.UTF_8);
    assertThat(json.read(text, Everything.class)).isEqualTo(everything);
  }

  @Property(tries = 2_000)
  void bytes_at_random_are_read_or_refused_but_break_nothing(@ForAll byte[] bytes) {
    try {
      assertThat(codec.decode(bytes)).isNotNull();
    } catch (UnreadableRecordException refused) {
      assertThat(refused).hasMessageContaining(Everything.class.getName());
    }
  }
}
