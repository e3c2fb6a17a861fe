package dev.foldstream.viewstore.elasticsearch;

import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.StoredRow;
import dev.foldstream.viewstore.ViewBatch;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.RebuildDocuments.Kept;
import dev.foldstream.viewstore.rebuild.Comparison;
import dev.foldstream.viewstore.rebuild.KeptVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.Rebuild.Asked;
import dev.foldstream.viewstore.rebuild.Rebuild.Progress;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildRefusedException;
import dev.foldstream.viewstore.rebuild.RebuildRules;
import dev.foldstream.viewstore.rebuild.RebuildRules.Wanted;
import dev.foldstream.viewstore.rebuild.RebuildState;
import dev.foldstream.viewstore.rebuild.ViewRebuilds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Versions as indices beside each other; the live one is the one behind the alias. */
final class ElasticsearchRebuilds implements ViewRebuilds {

  /** A rebuild's owner writes its document every second, so another moment is as good. */
  private static final int MAX_ASK_ATTEMPTS = 10;

  private final RebuildDocuments documents;
  private final ElasticsearchVersions versions;
  private final ElasticsearchIndices indices;
  private final ElasticsearchPositions positions;
  private final ElasticsearchViewOperations operations;
  private final ElasticsearchSwitch switches;
  private final ElasticsearchHttp http;
  private final Function<ViewDefinition, ElasticsearchView> views;

  ElasticsearchRebuilds(
      ElasticsearchHttp http,
      ElasticsearchVersions versions,
      ElasticsearchIndices indices,
      ElasticsearchPositions positions,
      ElasticsearchViewOperations operations,
      Function<ViewDefinition, ElasticsearchView> views) {
    this.http = http;
    this.documents = new RebuildDocuments(http);
    this.versions = versions;
    this.indices = indices;
    this.positions = positions;
    this.operations = operations;
    this.switches = new ElasticsearchSwitch(versions, indices, positions, documents);
    this.views = views;
  }

  private ElasticsearchBook book(ViewDefinition view) {
    return new ElasticsearchBook(view, documents.find(view), versions, indices, operations);
  }

  /** The document is written first: whoever is first with it may make and drop indices. */
  @Override
  public Rebuild request(ViewDefinition view, RebuildKind kind) {
    versions.createOrExtend(RebuildDocuments.INDEX, RebuildDocuments.mapping());
    ElasticsearchBook book = book(view);
    Wanted wanted = RebuildRules.request(book, kind);
    Optional<Kept> before = book.kept();
    Rebuild begun =
        Rebuilds.begun(wanted, before.map(kept -> kept.rebuild().epoch() + 1).orElse(1L));
    var next =
        new Kept(
            begun,
            before.map(Kept::liveBefore).orElse(0),
            0,
            Math.max(book.highest(), wanted.version().number()),
            before.map(Kept::stamp).orElse(""));
    if (!documents.write(next)) {
      throw new RebuildRefusedException(
          "A view has one rebuild at a time; another one of %s was asked for at this moment"
              .formatted(view.path()));
    }
    wanted.remains().ifPresent(versions::drop);
    if (wanted.isNew()) {
      versions.createBeside(wanted.version());
    }
    return begun;
  }

  @Override
  public boolean requestIfChanged(ViewDefinition view) {
    boolean wanted = RebuildRules.isToBeRebuilt(book(view));
    if (wanted) {
      request(view, RebuildKind.REBUILD);
    }
    return wanted;
  }

  @Override
  public Optional<Rebuild> last(ViewDefinition view) {
    return documents.find(view).map(Kept::rebuild);
  }

  @Override
  public List<KeptVersion> versions(ViewDefinition view) {
    return RebuildRules.versions(book(view));
  }

  @Override
  public void ask(ViewDefinition view, Asked asked) {
    for (int attempt = 0; attempt < MAX_ASK_ATTEMPTS; attempt++) {
      ElasticsearchBook book = book(view);
      Rebuild last = RebuildRules.ask(book, asked);
      Kept kept = book.kept().orElseThrow();
      boolean failed = last.state() == RebuildState.FAILED;
      if (failed) {
        RebuildRules.remains(last).ifPresent(versions::drop);
      }
      Rebuild next =
          failed
              ? Rebuilds.ended(last, RebuildState.CANCELLED, last.reason())
              : Rebuilds.asked(last, asked);
      if (documents.write(kept.with(next))) {
        return;
      }
    }
    throw RebuildDocuments.contended(view);
  }

  /** Written down first, counted then: of two that come at once at least one sees the other. */
  @Override
  public Optional<Rebuild> take(ViewDefinition view, String owner, Duration lease, int atOnce) {
    Optional<Kept> found = documents.find(view).filter(kept -> !kept.rebuild().state().ended());
    if (found.isEmpty() || !isFree(found.get(), lease)) {
      return Optional.empty();
    }
    Rebuild last = found.get().rebuild();
    if (last.kind() != RebuildKind.ROLLBACK && !versions.exists(last.version())) {
      versions.createBeside(last.version());
    }
    if (!RebuildRules.isDeclaredAs(book(view), last.version())
        || documents.active(lease) >= atOnce) {
      return Optional.empty();
    }
    Rebuild taken = Rebuilds.owned(last, owner, last.epoch() + 1);
    if (!documents.write(found.get().with(taken))) {
      return Optional.empty();
    }
    if (documents.active(lease) > atOnce) {
      release(taken);
      return Optional.empty();
    }
    return switches.finish(taken) ? Optional.empty() : Optional.of(taken);
  }

  private boolean isFree(Kept kept, Duration lease) {
    return kept.rebuild().owner() == null || documents.stoodStill(kept, lease);
  }

  @Override
  public Asked keep(
      Rebuild rebuild, RebuildState state, @Nullable String reason, Progress progress) {
    return documents
        .change(rebuild, kept -> kept.with(Rebuilds.at(kept.rebuild(), state, reason, progress)))
        .rebuild()
        .asked();
  }

  @Override
  public void release(Rebuild rebuild) {
    documents.change(
        rebuild, kept -> kept.with(Rebuilds.owned(kept.rebuild(), null, kept.rebuild().epoch())));
  }

  @Override
  public boolean isEmpty(ViewVersion version) {
    return versions.isEmpty(version);
  }

  /** Positions last, and rows on condition that they are as they were, as in the live version. */
  @Override
  public Map<String, StoredRow> write(ViewBatch batch) {
    var expected = positions.expected(batch);
    Map<String, StoredRow> stored =
        views.apply(batch.version().view()).rows().write(batch.version(), batch.changes());
    positions.move(batch, expected);
    return stored;
  }

  @Override
  public void finishLoad(ViewVersion version) {
    versions.loaded(version);
  }

  @Override
  public Map<TopicPartitionName, Position> livePositions(ViewDefinition view) {
    return positions.all(indices.live(view).orElseThrow());
  }

  @Override
  public Comparison compare(Rebuild rebuild, CatchUp catchUp) {
    ViewVersion built = rebuild.version();
    ViewVersion live = indices.live(built.view()).orElseThrow();
    Comparison comparison =
        new ElasticsearchComparison(http, versions, positions, live, built).compare(catchUp);
    documents.change(rebuild, kept -> kept.with(Rebuilds.compared(kept.rebuild(), comparison)));
    return comparison;
  }

  @Override
  public void makeLive(Rebuild rebuild, CatchUp last) {
    switches.makeLive(rebuild, last);
    RebuildRules.unneeded(book(rebuild.version().view())).forEach(versions::drop);
  }

  @Override
  public void end(Rebuild rebuild, RebuildState state, @Nullable String reason) {
    if (!state.ended()) {
      throw new IllegalArgumentException("an end was wanted; found " + state);
    }
    if (state != RebuildState.FAILED && rebuild.kind() != RebuildKind.ROLLBACK) {
      documents.change(rebuild, kept -> kept);
      versions.drop(rebuild.version());
    }
    documents.change(rebuild, kept -> kept.with(Rebuilds.ended(kept.rebuild(), state, reason)));
  }
}
