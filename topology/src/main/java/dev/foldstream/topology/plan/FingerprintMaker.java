package dev.foldstream.topology.plan;

import dev.foldstream.topology.validation.CheckedSink;
import dev.foldstream.topology.validation.CheckedSource;
import dev.foldstream.topology.validation.CheckedStep;
import dev.foldstream.topology.validation.CheckedTopology;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Fingerprints of checked topologies. */
public final class FingerprintMaker {

  private final CheckedTopology checked;
  private final Owners owners;

  public FingerprintMaker(CheckedTopology checked, Owners owners) {
    this.checked = checked;
    this.owners = owners;
  }

  public Fingerprint fingerprint() {
    var sources = new LinkedHashMap<String, String>();
    checked
        .sources()
        .values()
        .forEach(source -> source.topic().ifPresent(topic -> sources.put(topic, "read")));
    var states = new LinkedHashMap<String, String>();
    owners
        .stores()
        .forEach(store -> states.put(store, hash(origin(owners.owner(store).orElse("")))));
    var outputs = new LinkedHashMap<String, String>();
    checked.sinks().values().forEach(sink -> outputs.put(sink.topic(), output(sink)));
    var document = checked.document();
    return new Fingerprint(
        hash(document.sources().toString() + document.steps() + document.sinks() + schemas()),
        Map.copyOf(sources),
        Map.copyOf(states),
        hash(owners.layout()),
        Map.copyOf(outputs));
  }

  private String schemas() {
    var all = new StringBuilder();
    checked.sources().values().forEach(source -> all.append(source.flow().records()));
    return all.toString();
  }

  /** Everything that decides what arrives at a node, and what the node does with it. */
  private String origin(String reference) {
    int dot = reference.indexOf('.');
    String id = dot < 0 ? reference : reference.substring(0, dot);
    CheckedSource source = checked.sources().get(id);
    if (source != null) {
      return id + source.source() + source.flow().records() + source.flow().partitions();
    }
    CheckedStep step = checked.steps().get(id);
    if (step == null) {
      return id;
    }
    var origin = new StringBuilder(reference).append(step.step()).append(step.output().records());
    step.step().inputs().forEach(input -> origin.append('(').append(origin(input)).append(')'));
    return origin.toString();
  }

  private static String output(CheckedSink sink) {
    String key = sink.key().map(Object::toString).orElse(sink.flow().keyedBy());
    var records = sink.flow().records();
    Schema schema = records.size() == 1 ? records.getFirst() : Schema.createUnion(records);
    return hash(key) + "|" + schema;
  }

  public static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every JVM has SHA-256", fault);
    }
  }
}
