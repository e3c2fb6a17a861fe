package dev.foldstream.devservices.parts;

/** One Elasticsearch node without security. */
public interface ElasticsearchNode extends DevService {

  String url();

  @Override
  default Part part() {
    return Part.ELASTICSEARCH;
  }
}
