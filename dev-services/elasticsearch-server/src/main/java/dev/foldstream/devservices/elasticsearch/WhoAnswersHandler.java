package dev.foldstream.devservices.elasticsearch;

import java.util.List;
import org.elasticsearch.Build;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentBuilder;

/** Answers {@code GET /} and {@code HEAD /}, by which clients see what they talk to. */
final class WhoAnswersHandler extends BaseRestHandler {

  @Override
  public String getName() {
    return "who_answers";
  }

  @Override
  public List<Route> routes() {
    return List.of(new Route(RestRequest.Method.GET, "/"), new Route(RestRequest.Method.HEAD, "/"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    return channel -> {
      var state = client.settings();
      try (XContentBuilder body = channel.newBuilder()) {
        body.startObject();
        body.field("name", state.get("node.name"));
        body.field("cluster_name", state.get("cluster.name"));
        body.field("cluster_uuid", client.getLocalNodeId());
        version(body);
        body.field("tagline", "You Know, for Search");
        body.endObject();
        channel.sendResponse(new RestResponse(RestStatus.OK, body));
      }
    };
  }

  private static void version(XContentBuilder body) throws java.io.IOException {
    var build = Build.current();
    body.startObject("version");
    body.field("number", build.version());
    body.field("build_flavor", build.flavor());
    body.field("build_type", build.type().displayName());
    body.field("build_hash", build.hash());
    body.field("build_date", build.date());
    body.field("build_snapshot", build.isSnapshot());
    body.field("lucene_version", org.apache.lucene.util.Version.LATEST.toString());
    body.field("minimum_wire_compatibility_version", build.minWireCompatVersion());
    body.field("minimum_index_compatibility_version", build.minIndexCompatVersion());
    body.endObject();
  }
}
