package dev.foldstream.viewstore.elasticsearch;

import dev.foldstream.viewstore.PartitionLedger;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.ViewVersion;
import dev.foldstream.viewstore.elasticsearch.RebuildDocuments.Kept;
import dev.foldstream.viewstore.rebuild.Rebuild;
import dev.foldstream.viewstore.rebuild.VersionBook;
import dev.foldstream.viewstore.rows.Declaration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;

/** The versions of one view, as indices, alias and documents say. */
record ElasticsearchBook(
    ViewDefinition view,
    Optional<Kept> kept,
    ElasticsearchVersions versions,
    ElasticsearchIndices indices,
    ElasticsearchViewOperations operations)
    implements VersionBook {

  @Override
  public OptionalInt live() {
    return indices
        .live(view)
        .map(version -> OptionalInt.of(version.number()))
        .orElse(OptionalInt.empty());
  }

  @Override
  public SortedSet<Integer> numbers() {
    return versions.numbers(view);
  }

  @Override
  public Optional<SortedMap<String, String>> declaration(ViewVersion version) {
    return versions.declaration(version);
  }

  @Override
  public SortedMap<String, String> declared() {
    return Declaration.withSearch(view.feature());
  }

  @Override
  public Optional<Rebuild> last() {
    return kept.map(Kept::rebuild);
  }

  @Override
  public OptionalInt liveBefore() {
    return kept.map(Kept::liveBefore)
        .filter(number -> number > 0)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  @Override
  public int highest() {
    return kept.map(Kept::highest).orElse(0);
  }

  @Override
  public long quarantined(ViewVersion version) {
    return operations.ledger(version).values().stream()
        .map(PartitionLedger::counts)
        .mapToLong(counts -> counts.quarantined())
        .sum();
  }
}
