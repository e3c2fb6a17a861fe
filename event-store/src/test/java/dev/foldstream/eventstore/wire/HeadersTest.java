package dev.foldstream.eventstore.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.kernel.Metadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeadersTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");
  private static final RecordPlace PLACE = new RecordPlace("d.a.commands", 3, 42, 1_000);
  private final Headers headers = new RecordHeaders();

  @Test
  void command_headers_come_back_as_they_were_written() throws Exception {
    var written =
        new CommandHeaders(
            "c-1", "d.a.Do", NOON, "corr", "cause", "ann", 7L, "00-" + "a".repeat(32) + "-b-01");
    written.write(headers, Sources.of("d", "a", "x"));
    assertThat(CommandHeaders.read(headers, PLACE)).isEqualTo(written);
    assertThat(text("ce_specversion")).isEqualTo("1.0");
    assertThat(text("ce_source")).isEqualTo("/foldstream/d/a/x");
    assertThat(text("ce_id")).isEqualTo("c-1");
    assertThat(text("content-type")).isEqualTo("application/avro");
  }

  @Test
  void a_record_without_headers_is_a_command_with_an_id_made_of_its_place() throws Exception {
    var read = CommandHeaders.read(headers, PLACE);
    assertThat(read)
        .isEqualTo(CommandHeaders.of("d.a.commands:3:42", null, Instant.ofEpochMilli(1_000)));
    assertThat(read.metadata().principal()).isEqualTo(Metadata.ANONYMOUS);
  }

  @Test
  void the_id_of_the_cloud_event_stands_for_a_command_id_that_is_absent() throws Exception {
    put("ce_id", "from-elsewhere");
    assertThat(CommandHeaders.read(headers, PLACE).commandId()).isEqualTo("from-elsewhere");
  }

  @Test
  void times_may_have_any_offset() throws Exception {
    put("ce_time", "2026-01-01T14:00:00+02:00");
    assertThat(CommandHeaders.read(headers, PLACE).occurredAt()).isEqualTo("2026-01-01T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T23:59:59Z",
        "2024-02-29T00:00:00.1Z",
        "0001-01-01T00:00:00.000001Z",
        "2026-06-15T12:30:45.123456789Z",
        "2026-06-15T12:30Z",
        "+12026-06-15T12:30:45Z"
      })
  void times_in_utc_are_read_as_java_reads_them(String time) throws Exception {
    put("ce_time", time);
    assertThat(CommandHeaders.read(headers, PLACE).occurredAt())
        .isEqualTo(OffsetDateTime.parse(time).toInstant());
  }

  @Test
  void headers_that_are_not_what_their_names_say_are_refused_by_name() {
    refused("ce_time", "noon");
    refused("ce_time", "2026-02-30T12:00:00Z");
    refused("ce_time", "2026-01-01T12:00:60Z");
    refused("ce_time", "2026-01-01T12:00:00.1234567890Z");
    refused("ce_time", "2026-01-01 12:00:00Z");
    refused("ce_expectedversion", "-1");
    refused("ce_expectedversion", "two");
    refused("ce_commandid", "with space");
    refused("ce_commandid", "x".repeat(201));
    refused("ce_correlationid", "x".repeat(1_001));
  }

  @Test
  void headers_that_are_not_text_are_refused() {
    headers.add("ce_principal", new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> CommandHeaders.read(headers, PLACE))
        .isInstanceOf(InvalidHeaderException.class)
        .hasMessageContaining("ce_principal");
  }

  @Test
  void an_invalid_command_id_still_gets_an_answer_under_the_place() {
    put("ce_commandid", "with space");
    assertThat(CommandHeaders.commandId(headers, PLACE)).isEqualTo("d.a.commands:3:42");
  }

  @Test
  void a_look_up_is_answered_under_its_own_id() throws Exception {
    CommandHeaders.writeLookUp(headers, "look-1", "c-1", "/x");
    assertThat(CommandHeaders.read(headers, PLACE).looksUp()).isTrue();
    assertThat(CommandHeaders.commandId(headers, PLACE)).isEqualTo("c-1");
    assertThat(CommandHeaders.answerId(headers, PLACE)).isEqualTo("look-1");
  }

  @Test
  void event_headers_come_back_as_they_were_written() throws Exception {
    var written =
        new EventHeaders(
            "c-1:2", "d.a.Done", NOON, 17, 4, new Metadata("c-1", "corr", "c-1", "ann"), 42, null);
    written.write(headers, Sources.of("d", "a", "x"));
    assertThat(EventHeaders.read(headers)).isEqualTo(written);
    assertThat(EventHeaders.sequence(headers)).isEqualTo(17);
  }

  @Test
  void an_event_without_a_sequence_is_refused() {
    assertThatThrownBy(() -> EventHeaders.sequence(headers))
        .isInstanceOf(InvalidHeaderException.class)
        .hasMessageContaining("ce_sequence");
  }

  private void refused(String name, String value) {
    var wrong = new RecordHeaders();
    wrong.add(name, value.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> CommandHeaders.read(wrong, PLACE))
        .isInstanceOf(InvalidHeaderException.class)
        .hasMessageContaining(name);
  }

  private void put(String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private String text(String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
