package dev.foldstream.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.devservices.parts.DevServiceException;
import dev.foldstream.devservices.parts.ElasticsearchNode;
import dev.foldstream.devservices.process.LocalHttp;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ElasticsearchNodeTest {

  private final ElasticsearchNode elasticsearch = DevServices.shared().elasticsearch();

  @Test
  void an_acknowledged_document_survives_a_kill() {
    String document = elasticsearch.url() + "/survivors/_doc/1";
    assertThat(LocalHttp.put(document, "{\"name\":\"lamp\"}").status()).isEqualTo(201);
    elasticsearch.kill();
    assertThat(LocalHttp.get(document).status()).isZero();
    elasticsearch.start();
    assertThat(LocalHttp.get(document).body()).contains("lamp");
  }

  @Test
  void it_says_who_it_is() {
    var answer = LocalHttp.get(elasticsearch.url() + "/");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"number\":\"9.5.3\"").contains("foldstream-");
  }

  @Test
  void analyzers_may_fold_accents_and_stem() {
    String settings =
        """
        {"settings": {"analysis": {"analyzer": {"words": {
           "type": "custom", "tokenizer": "standard",
           "filter": ["lowercase", "asciifolding", "porter_stem"]}}}},
         "mappings": {"properties": {"text": {"type": "text", "analyzer": "words"}}}}
        """;
    String index = elasticsearch.url() + "/stems";
    assertThat(LocalHttp.put(index, settings)).extracting("status").isEqualTo(200);
    LocalHttp.put(index + "/_doc/1?refresh=true", "{\"text\":\"Crème Lamps\"}");
    assertThat(LocalHttp.get(index + "/_search?q=text:creme%20AND%20text:lamp").body())
        .contains("\"value\":1");
  }

  @Test
  void a_taken_port_is_refused() throws Exception {
    elasticsearch.stop();
    try (var foreign = Foreign.listeningOn(URI.create(elasticsearch.url()).getPort())) {
      assertThatThrownBy(elasticsearch::start)
          .isInstanceOf(DevServiceException.class)
          .hasMessageContaining("127.0.0.1:" + foreign.port());
    }
    elasticsearch.start();
    assertThat(LocalHttp.get(elasticsearch.url()).status()).isEqualTo(200);
  }
}
