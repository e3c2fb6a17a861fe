package dev.foldstream.benchmarks.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Elasticsearch through the client that the view store uses. */
final class Documents implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Rest5Client client;

  Documents(URI address) {
    this.client = Rest5Client.builder(address).build();
  }

  JsonNode send(String method, String path, byte[] body) throws IOException {
    var request = new Request(method, path);
    if (body.length > 0) {
      String type = path.endsWith("_bulk") ? "application/x-ndjson" : "application/json";
      request.setEntity(new ByteArrayEntity(body, ContentType.create(type)));
    }
    return JSON.readTree(client.performRequest(request).getEntity().getContent());
  }

  JsonNode send(String method, String path, String body) throws IOException {
    return send(method, path, body.getBytes(UTF_8));
  }

  /** Every document is what its events make of it. */
  void check(String index, Changes changes) throws IOException {
    send("POST", "/" + index + "/_refresh", "");
    JsonNode found =
        send(
            "POST",
            "/" + index + "/_search",
            "{\"size\":0,\"track_total_hits\":true,\"aggs\":{\"seq\":{\"sum\":{\"field\":\"seq\"}}}}");
    Live.require(
        "documents", Changes.ACCOUNTS, found.path("hits").path("total").path("value").asLong());
    Live.require(
        "sum of seq",
        changes.sumOfSeq(),
        Math.round(found.path("aggregations").path("seq").path("value").asDouble()));
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
