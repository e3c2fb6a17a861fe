package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.foldstream.kernel.Position;
import dev.foldstream.kernel.TopicPartitionName;
import dev.foldstream.viewstore.ViewStoreUnavailableException;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.RebuildKind;
import dev.foldstream.viewstore.rebuild.RebuildRules;
import dev.foldstream.viewstore.rebuild.ViewRebuilds.CatchUp;
import dev.foldstream.viewstore.rows.RowJson;
import dev.foldstream.viewstore.rows.StoreNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes another version live by one change of aliases.
 *
 * <p>The positions of the live version are sealed: every claim is void and none is given, while the
 * other version is brought to the same events. Then the alias moves, in one step with a token that
 * only this attempt has. If the attempt takes too long, whoever wants to claim takes the token away
 * first, and the alias can no longer move.
 */
final class ElasticsearchSwitch {

  /** How long the live version stands still at most, also when whoever switches is killed. */
  private static final Duration SEALED = Duration.ofSeconds(15);

  private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchSwitch.class);

  private final ElasticsearchVersions versions;
  private final ElasticsearchIndices indices;
  private final ElasticsearchPositions positions;
  private final RebuildDocuments documents;

  ElasticsearchSwitch(
      ElasticsearchVersions versions,
      ElasticsearchIndices indices,
      ElasticsearchPositions positions,
      RebuildDocuments documents) {
    this.versions = versions;
    this.indices = indices;
    this.positions = positions;
    this.documents = documents;
  }

  void makeLive(Rebuild rebuild, CatchUp last) {
    if (finish(rebuild)) {
      return;
    }
    ViewVersion next = rebuild.version();
    ViewVersion live = indices.live(next.view()).orElseThrow();
    documents.change(rebuild, kept -> kept.switching(live.number()));
    var seal =
        new Seal(
            "%s.switch-%s".formatted(StoreNames.alias(next.view()), UUID.randomUUID()),
            Instant.now().plus(SEALED));
    try {
      var tokens = RowJson.object().putArray("actions");
      ElasticsearchVersions.alias(tokens, "add", StoreNames.index(next), seal.token());
      versions.aliases("begin the switch to " + next, tokens);
      positions.seal(live, seal);
      Map<TopicPartitionName, Position> seen = positions.all(live);
      last.to(seen);
      RebuildRules.refuseBehind(live, seen, next, positions.all(next));
      versions.refresh(StoreNames.index(next));
      documents.change(rebuild, kept -> kept);
      versions.aliases("make %s live".formatted(next), switched(live, next, seal));
    } catch (RuntimeException failure) {
      undo(live, seal);
      throw failure;
    }
    positions.unseal(live, seal);
    finish(rebuild);
  }

  private static ArrayNode switched(ViewVersion live, ViewVersion next, Seal seal) {
    String alias = StoreNames.alias(next.view());
    ArrayNode actions = RowJson.object().putArray("actions");
    ElasticsearchVersions.alias(actions, "remove", StoreNames.index(next), seal.token())
        .put("must_exist", true);
    ElasticsearchVersions.alias(actions, "remove", StoreNames.index(live), alias)
        .put("must_exist", true);
    ElasticsearchVersions.alias(actions, "add", StoreNames.index(next), alias);
    return actions;
  }

  /** The live version goes on at once; if that fails, when the seal ends. */
  private void undo(ViewVersion live, Seal seal) {
    try {
      versions.endSwitch(live.view(), seal);
      positions.unseal(live, seal);
    } catch (ViewStoreUnavailableException later) {
      LOG.warn("{} stands still up to {}: {}", live, seal.until(), later.getMessage());
    }
  }

  /** Whether the version is live already, and only the end was not written down. */
  boolean finish(Rebuild rebuild) {
    if (rebuild.kind() == RebuildKind.VERIFY
        || indices.live(rebuild.version().view()).stream()
            .noneMatch(live -> live.equals(rebuild.version()))) {
      return false;
    }
    documents.change(rebuild, RebuildDocuments.Kept::switched);
    return true;
  }
}
