package dev.foldstream.host.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;

/** Where Elasticsearch is. */
@Context
@ConfigurationProperties("foldstream.elasticsearch")
public record ElasticsearchSettings(@Bindable(defaultValue = "http://127.0.0.1:9200") String url) {
  public ElasticsearchSettings {
    Check.httpAddress("foldstream.elasticsearch.url", url);
  }

  public URI address() {
    return URI.create(url);
  }
}
