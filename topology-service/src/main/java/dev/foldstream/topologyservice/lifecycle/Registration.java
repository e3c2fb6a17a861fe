package dev.foldstream.topologyservice.lifecycle;

import dev.foldstream.host.problem.Fault;
import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.topology.compile.Compiled;
import dev.foldstream.topology.plan.Change;
import dev.foldstream.topology.plan.ChangeClass;
import dev.foldstream.topologyservice.compiling.Compiling;
import dev.foldstream.topologyservice.compiling.FaultyTopologyException;
import dev.foldstream.topologyservice.compiling.Sources;
import dev.foldstream.topologyservice.positions.Positions;
import dev.foldstream.topologyservice.registry.Entry;
import dev.foldstream.topologyservice.registry.Head;
import dev.foldstream.topologyservice.registry.Registry;
import dev.foldstream.topologyservice.registry.StoredVersion;
import dev.foldstream.topologyservice.running.Topologies;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stores the next version of a topology and says what that means. */
@Singleton
public final class Registration {

  public static final String FIRST = "FIRST";
  public static final String REPLACED = "REPLACED";

  /** It would read as a version of another topology in the names of applications and topics. */
  private static final Pattern LIKE_A_VERSION = Pattern.compile(".*-v\\d+(-.*)?");

  private final Topologies topologies;
  private final Compiling compiling;
  private final Positions positions;
  private final Cleaner cleaner;
  private final TopologiesSettings settings;

  Registration(
      Topologies topologies,
      Compiling compiling,
      Positions positions,
      Cleaner cleaner,
      TopologiesSettings settings) {
    this.topologies = topologies;
    this.compiling = compiling;
    this.positions = positions;
    this.cleaner = cleaner;
    this.settings = settings;
  }

  /**
   * What was asked to be registered.
   *
   * @param from where it begins when it has no state and positions to go on with
   */
  public record Request(String name, String text, String mediaType, Begin from, String by) {

    Request withText(String stored) {
      return new Request(name, stored, mediaType, from, by);
    }
  }

  /**
   * What became of it.
   *
   * @param version the one that was stored, or that is the same
   * @param stored whether it was
   */
  public record Registered(Entry entry, StoredVersion version, boolean stored, Compiled compiled) {}

  public Registered register(Request sent) {
    Compiled compiled = checked(sent);
    Request request = sent.withText(compiling.storedText(compiled, sent.text()));
    var version = new AtomicReference<@Nullable StoredVersion>();
    var before = new AtomicReference<@Nullable Entry>();
    Entry now =
        topologies
            .registry()
            .change(
                request.name(),
                entry -> {
                  before.set(entry);
                  version.set(null);
                  return change(request, compiled, entry, version);
                });
    Entry entry = Objects.requireNonNull(now);
    StoredVersion stored = version.get();
    if (stored == null) {
      return new Registered(entry, Objects.requireNonNull(newest(entry)), false, compiled);
    }
    cleaner.after(before.get(), entry);
    compiling.forget();
    return new Registered(entry, stored, true, compiled);
  }

  private Compiled checked(Request request) {
    if (LIKE_A_VERSION.matcher(request.name()).matches()) {
      throw invalid(
          "a topology's name has no '-v' before a number, which would read as a version; found '%s'"
              .formatted(request.name()));
    }
    Compiled compiled;
    try {
      compiled = compiling.compiled(request.text(), request.mediaType());
    } catch (FaultyTopologyException faulty) {
      throw Refusals.faulty(faulty);
    }
    if (!compiled.name().equals(request.name())) {
      throw invalid(
          "the document's name is that of the address, '%s'; found '%s'"
              .formatted(request.name(), compiled.name()));
    }
    return compiled;
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_TOPOLOGY, detail)
        .fault(Fault.pointer("/name", detail));
  }

  private Registry.@Nullable Change change(
      Request request,
      Compiled compiled,
      @Nullable Entry entry,
      AtomicReference<@Nullable StoredVersion> version) {
    MadeViews.refuseTaken(request.name(), MadeViews.of(compiled), topologies.registry().all());
    if (entry == null || entry.head().deleted()) {
      return first(request, compiled, entry, version);
    }
    if (entry.head().handOver() != null) {
      throw Refusals.notNow(
          "wanted to store a version of '%s'; one is being promoted. Mend: try again in a minute"
              .formatted(request.name()));
    }
    StoredVersion newest = newest(entry);
    if (newest != null && newest.digest().equals(digest(request.text()))) {
      return null;
    }
    return next(request, compiled, entry, version);
  }

  private static @Nullable StoredVersion newest(Entry entry) {
    return entry.candidate() == null ? entry.live() : entry.candidate();
  }

  private Registry.Change first(
      Request request,
      Compiled compiled,
      @Nullable Entry entry,
      AtomicReference<@Nullable StoredVersion> version) {
    int registered = topologies.registry().all().size();
    if (registered >= settings.max()) {
      throw Refusals.notNow(
          "wanted to register '%s'; there are %d topologies, which is the most (foldstream.topologies.max)"
              .formatted(request.name(), registered));
    }
    Head head = Head.begin(request.name(), entry == null ? null : entry.head(), request.by());
    var stored = version(request, compiled, head.newest(), head.newest(), FIRST, List.of());
    begin(request, compiled, stored);
    version.set(stored);
    return Registry.Change.of(head, stored);
  }

  private Registry.Change next(
      Request request,
      Compiled compiled,
      Entry entry,
      AtomicReference<@Nullable StoredVersion> version) {
    int number = entry.head().newest() + 1;
    StoredVersion live = Objects.requireNonNull(entry.live());
    Change change = classed(live, compiled);
    String kind = change == null ? REPLACED : change.changeClass().name();
    boolean inPlace =
        change != null
            && (change.changeClass() == ChangeClass.IN_PLACE
                || change.changeClass() == ChangeClass.NONE);
    List<String> reasons =
        change == null ? List.of("the live version cannot be compiled any more") : change.reasons();
    var stored =
        version(request, compiled, number, inPlace ? live.application() : number, kind, reasons);
    version.set(stored);
    if (!inPlace) {
      begin(request, compiled, stored);
    }
    Head head =
        inPlace || change == null
            ? entry.head().inPlace(number, request.by())
            : entry.head().beside(number, request.by());
    return new Registry.Change(head, List.of(stored), old(entry, head));
  }

  /** Null when the live version cannot be compiled any more. */
  private @Nullable Change classed(StoredVersion live, Compiled compiled) {
    Change change;
    try {
      change = ChangeClass.between(compiling.fingerprint(live), compiled.fingerprint());
    } catch (FaultyTopologyException notAnyMore) {
      return null;
    }
    if (change.changeClass() == ChangeClass.REFUSED) {
      throw new ProblemException(
              ProblemType.CHANGE_REFUSED,
              "wanted a version whose output can follow that of version %d; found: %s. Nothing was stored. Mend: write to another topic, or register it under another name"
                  .formatted(live.version(), String.join("; ", change.reasons())))
          .member("change", ChangeClass.REFUSED.name())
          .member("reasons", change.reasons());
    }
    return change;
  }

  /** Before the version is stored, because it runs as soon as it is. */
  private void begin(Request request, Compiled compiled, StoredVersion stored) {
    if (!(request.from() instanceof Begin.Beginning)) {
      positions.set(
          stored.applicationId(), request.from().offsets(positions, Sources.streams(compiled)));
    }
  }

  /** Versions that are not kept any longer, the oldest ones that nothing refers to. */
  private List<Integer> old(Entry entry, Head head) {
    List<Integer> unused =
        entry.versions().keySet().stream()
            .filter(number -> !number.equals(head.live()))
            .filter(number -> !number.equals(head.candidate()))
            .filter(number -> !number.equals(head.previous()))
            .toList();
    return unused.subList(0, Math.max(0, unused.size() - settings.versionsKept()));
  }

  private static StoredVersion version(
      Request request,
      Compiled compiled,
      int number,
      int application,
      String change,
      List<String> reasons) {
    return new StoredVersion(
        request.name(),
        number,
        request.text(),
        request.mediaType(),
        digest(request.text()),
        application,
        change,
        reasons,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        request.by(),
        MadeViews.of(compiled));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }
}
