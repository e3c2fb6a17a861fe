package dev.foldstream.host.registered;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foldstream.host.registered.RegisteredView.Role;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.schemas.json.InvalidJsonException;
import dev.foldstream.schemas.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of the registry of topologies, folded into the views that are made. The key of a head
 * is the topology's name, that of a version {@code name@number}; values are JSON. For one thread.
 */
final class RegistryFold {

  private static final char AT = '@';
  private static final String VIEWS = "views";
  private static final Logger LOG = LoggerFactory.getLogger(RegistryFold.class);

  private final RecordJson json = new RecordJson();
  private final Predicate<String> taken;
  private final Map<String, JsonNode> heads = new TreeMap<>();
  private final Map<String, JsonNode> versions = new TreeMap<>();

  /**
   * A fold of nothing.
   *
   * @param taken whether a view of a domain has this address
   */
  RegistryFold(Predicate<String> taken) {
    this.taken = taken;
  }

  void take(byte[] keyBytes, byte @Nullable [] value) {
    String key = new String(keyBytes, StandardCharsets.UTF_8);
    Map<String, JsonNode> kept = key.indexOf(AT) < 0 ? heads : versions;
    if (value == null) {
      kept.remove(key);
      return;
    }
    try {
      kept.put(key, json.tree(value));
    } catch (InvalidJsonException foreign) {
      LOG.warn("The record '{}' of the registry is skipped: {}", key, foreign.getMessage());
    }
  }

  /** Whether no topology was ever registered, as far as was read. */
  boolean isEmpty() {
    return heads.isEmpty();
  }

  /** In order of topology; of each the live ones first. */
  List<RegisteredView> views() {
    var byPath = new LinkedHashMap<String, RegisteredView>();
    var addresses = new HashSet<String>();
    heads.forEach(
        (topology, head) -> {
          if (!"DELETED".equals(head.path("desired").asText())) {
            for (Role role : Role.values()) {
              add(topology, head, role, addresses, byPath);
            }
          }
        });
    return List.copyOf(byPath.values());
  }

  private void add(
      String topology,
      JsonNode head,
      Role role,
      Set<String> addresses,
      Map<String, RegisteredView> byPath) {
    JsonNode version =
        versions.get(topology + AT + head.path(role.name().toLowerCase(Locale.ROOT)).asInt());
    if (version == null) {
      return;
    }
    for (JsonNode stored : version.path(VIEWS)) {
      RegisteredView view = read(topology, version.path("application").asInt(), role, stored);
      if (view != null && !byPath.containsKey(topology + "/" + view.name())) {
        String address = addresses.add(view.address()) ? view.address() : qualified(view);
        byPath.put(topology + "/" + view.name(), view.at(address));
      }
    }
  }

  private @Nullable RegisteredView read(
      String topology, int application, Role role, JsonNode stored) {
    String view = stored.path("view").asText();
    try {
      var read =
          new RegisteredView(
              view,
              topology,
              view,
              application,
              role,
              new Schema.Parser().parse(stored.path("schema").asText()),
              stored.path("partitions").asInt(),
              stores(stored.path("stores")),
              texts(stored.path("indexes")));
      String wanted = role == Role.LIVE ? view : read.name();
      return read.at(taken.test(wanted) ? topology + "." + wanted : wanted);
    } catch (AvroRuntimeException | IllegalArgumentException unknown) {
      LOG.warn("The view {} of {} is left out: {}", view, topology, unknown.getMessage());
      return null;
    }
  }

  private static String qualified(RegisteredView view) {
    return view.topology() + "." + view.address();
  }

  private static Set<ViewStoreKind> stores(JsonNode names) {
    var stores = EnumSet.noneOf(ViewStoreKind.class);
    texts(names).forEach(name -> stores.add(ViewStoreKind.valueOf(name.toUpperCase(Locale.ROOT))));
    return stores;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
