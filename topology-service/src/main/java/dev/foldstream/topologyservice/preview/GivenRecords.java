package dev.foldstream.topologyservice.preview;

import dev.foldstream.host.domains.FoundAggregate;
import dev.foldstream.host.domains.FoundDomains;
import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.json.InvalidJsonException;
import dev.foldstream.schemas.json.RecordJson;
import dev.foldstream.schemas.wire.UnregisteredSchemaException;
import dev.foldstream.schemas.wire.WireCodec;
import dev.foldstream.topology.build.RecordPointer;
import dev.foldstream.topology.preview.PreviewRecord;
import dev.foldstream.topologyservice.preview.PreviewRequest.GivenEvent;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Events that a caller gives to a preview, as the records they would be. */
@Singleton
final class GivenRecords {

  private final FoundDomains domains;
  private final SchemaFiles files;
  private final WireCodec codec;
  private final RecordJson json;

  GivenRecords(FoundDomains domains, SchemaFiles files, WireCodec codec) {
    this.domains = domains;
    this.files = files;
    this.codec = codec;
    this.json = new RecordJson(files);
  }

  List<PreviewRecord> of(List<GivenEvent> events) {
    var records = new ArrayList<PreviewRecord>();
    for (int i = 0; i < events.size(); i++) {
      records.add(record(i, events.get(i)));
    }
    return records;
  }

  private PreviewRecord record(int number, GivenEvent given) {
    String pointer = "/events/" + number;
    FoundAggregate aggregate =
        domains.aggregates().stream()
            .filter(found -> (found.domain() + "." + found.name()).equals(given.aggregate()))
            .findFirst()
            .orElseThrow(
                () ->
                    PreviewRequest.refused(
                        pointer + "/aggregate", "an aggregate", given.aggregate()));
    Class<? extends Record> type = aggregate.events().get(given.type());
    if (type == null) {
      throw PreviewRequest.refused(
          pointer + "/type", "one of " + aggregate.events().keySet(), given.type());
    }
    Instant time = given.time() == null ? Instant.now() : given.time();
    return new PreviewRecord(
        new RecordPointer(aggregate.eventsTopic(), 0, number),
        time.toEpochMilli(),
        given.id(),
        value(pointer, aggregate, type, given),
        headers(number, aggregate, type, time));
  }

  private byte[] value(
      String pointer, FoundAggregate aggregate, Class<? extends Record> type, GivenEvent given) {
    try {
      return codec.encode(
          aggregate.eventsTopic(), json.read(given.data(), type, pointer + "/data"));
    } catch (InvalidJsonException invalid) {
      throw new ProblemException(
              ProblemType.INVALID_REQUEST,
              "the data of an event are its fields; " + invalid.getMessage())
          .faults(
              invalid.faults().stream()
                  .map(fault -> Fault.pointer(fault.pointer(), fault.detail()))
                  .toList());
    } catch (UnregisteredSchemaException never) {
      throw new ProblemException(ProblemType.NOT_POSSIBLE_NOW, String.valueOf(never.getMessage()));
    }
  }

  private List<Map.Entry<String, String>> headers(
      int number, FoundAggregate aggregate, Class<? extends Record> type, Instant time) {
    return List.of(
        Map.entry("ce_specversion", "1.0"),
        Map.entry("ce_id", "preview:" + number),
        Map.entry("ce_source", "/" + aggregate.domain() + "/" + aggregate.name()),
        Map.entry("ce_type", files.typeName(type)),
        Map.entry("ce_time", time.toString()),
        Map.entry("ce_sequence", Long.toString(number + 1L)),
        Map.entry("ce_version", Long.toString(number + 1L)),
        Map.entry("ce_commandid", "preview"),
        Map.entry("ce_correlationid", "preview"));
  }
}
