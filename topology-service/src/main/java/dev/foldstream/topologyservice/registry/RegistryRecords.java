package dev.foldstream.topologyservice.registry;

import dev.foldstream.schemas.json.InvalidJsonException;
import dev.foldstream.schemas.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of the registry topic and the fold of them. The key of a head is the name, that of a
 * version {@code name@number}; values are JSON. For one thread.
 */
final class RegistryRecords {

  private static final char AT = '@';
  private static final Logger LOG = LoggerFactory.getLogger(RegistryRecords.class);

  private final RecordJson json = new RecordJson();
  private final Map<String, Head> heads = new HashMap<>();
  private final Map<String, SortedMap<Integer, StoredVersion>> versions = new HashMap<>();

  byte[] key(Head head) {
    return bytes(head.name());
  }

  byte[] key(StoredVersion version) {
    return key(version.name(), version.version());
  }

  byte[] key(String name, int version) {
    return bytes(name + AT + version);
  }

  byte[] value(Record stored) {
    return bytes(json.text(stored));
  }

  /**
   * Returns the name of the topology that is concerned, or null when the record is none of ours.
   */
  @Nullable String take(byte[] keyBytes, byte @Nullable [] value) {
    String key = new String(keyBytes, StandardCharsets.UTF_8);
    int at = key.indexOf(AT);
    try {
      if (at < 0) {
        takeHead(key, value);
        return key;
      }
      String name = key.substring(0, at);
      takeVersion(name, Integer.parseInt(key.substring(at + 1)), value);
      return name;
    } catch (InvalidJsonException | NumberFormatException foreign) {
      LOG.warn("The record '{}' of the registry is skipped: {}", key, foreign.getMessage());
      return null;
    }
  }

  private void takeHead(String name, byte @Nullable [] value) {
    if (value == null) {
      heads.remove(name);
    } else {
      heads.put(name, json.read(value, Head.class));
    }
  }

  private void takeVersion(String name, int number, byte @Nullable [] value) {
    SortedMap<Integer, StoredVersion> all = versions.computeIfAbsent(name, n -> new TreeMap<>());
    if (value == null) {
      all.remove(number);
    } else {
      all.put(number, json.read(value, StoredVersion.class));
    }
  }

  @Nullable Entry entry(String name) {
    Head head = heads.get(name);
    return head == null ? null : new Entry(head, versions.getOrDefault(name, new TreeMap<>()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
