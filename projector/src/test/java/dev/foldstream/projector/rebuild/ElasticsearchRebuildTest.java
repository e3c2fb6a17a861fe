package dev.foldstream.projector.rebuild;

/** The same, for views in Elasticsearch. */
class ElasticsearchRebuildTest extends RebuildTest {

  @Override
  RebuiltStore open() {
    return RebuiltStore.elasticsearch();
  }
}
