package dev.foldstream.topologyservice.topologies;

import dev.foldstream.host.problem.ProblemException;
import dev.foldstream.host.problem.ProblemType;
import dev.foldstream.topologyservice.settings.TopologiesSettings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import java.nio.charset.StandardCharsets;

/**
 * A document as it was sent.
 *
 * @param mediaType {@code application/yaml} or {@code application/json}
 */
record Documents(String text, String mediaType) {

  static final String YAML = "application/yaml";
  static final String X_YAML = "application/x-yaml";
  static final String TEXT_YAML = "text/yaml";

  static Documents of(HttpRequest<byte[]> request, TopologiesSettings settings) {
    byte[] body = request.getBody().orElse(new byte[0]);
    if (body.length > settings.documentBytes()) {
      throw new ProblemException(
          ProblemType.BODY_TOO_LARGE,
          "A document has at most %d bytes (foldstream.topologies.document-bytes); found %d"
              .formatted(settings.documentBytes(), body.length));
    }
    boolean json =
        request
            .getContentType()
            .map(type -> type.getExtension().equals("json") || type.getSubtype().endsWith("json"))
            .orElse(false);
    return new Documents(
        new String(body, StandardCharsets.UTF_8), json ? MediaType.APPLICATION_JSON : YAML);
  }
}
