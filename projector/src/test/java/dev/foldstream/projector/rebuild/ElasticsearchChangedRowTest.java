package dev.foldstream.projector.rebuild;

/** The same, for a view in Elasticsearch. */
class ElasticsearchChangedRowTest extends ChangedRowTest {

  @Override
  RebuiltStore open() {
    return RebuiltStore.elasticsearch();
  }
}
