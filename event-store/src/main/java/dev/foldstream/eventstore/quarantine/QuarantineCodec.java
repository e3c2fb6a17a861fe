package dev.foldstream.eventstore.quarantine;

import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.eventstore.wire.RegisteredCodec;
import dev.foldstream.schemas.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The two kinds of records of a quarantine topic; a header tells resolutions apart. */
public final class QuarantineCodec {

  private static final String RESOLUTION = "foldstream.QuarantineResolution";

  private final RegisteredCodec<QuarantinedCommand> commands;
  private final RegisteredCodec<QuarantineResolution> resolutions;

  public QuarantineCodec(SchemaRegistry registry) {
    this.commands = new RegisteredCodec<>(registry, QuarantinedCommand.class);
    this.resolutions = new RegisteredCodec<>(registry, QuarantineResolution.class);
  }

  /** Registers both schemas; harmless when they are there. */
  public void register(String topic) {
    commands.register(topic);
    resolutions.register(topic);
  }

  public byte[] encode(String topic, QuarantinedCommand command) {
    return commands.encode(topic, command);
  }

  public byte[] encode(String topic, QuarantineResolution resolution) {
    return resolutions.encode(topic, resolution);
  }

  /** The headers that a resolution is recognised by. */
  public static Headers resolutionHeaders() {
    return new RecordHeaders().add(HeaderNames.TYPE, RESOLUTION.getBytes(StandardCharsets.UTF_8));
  }

  static boolean isResolution(Headers headers) {
    Header type = headers.lastHeader(HeaderNames.TYPE);
    return type != null
        && type.value() != null
        && RESOLUTION.equals(new String(type.value(), StandardCharsets.UTF_8));
  }

  public QuarantinedCommand decodeCommand(byte[] value) {
    return commands.decode(value);
  }

  public QuarantineResolution decodeResolution(byte[] value) {
    return resolutions.decode(value);
  }
}
