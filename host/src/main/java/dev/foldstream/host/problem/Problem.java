package dev.foldstream.host.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/**
 * Problem details of RFC 9457.
 *
 * @param members further members, written beside the others
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(description = "Problem details (RFC 9457)")
public record Problem(
    @Schema(
            description = "what kind of problem: stable, to be compared",
            example = "https://foldstream.dev/problems/invalid-query")
        String type,
    String title,
    int status,
    @Schema(description = "what was wanted, what was found, how to mend it") String detail,
    @Schema(description = "the address that was asked") String instance,
    List<Fault> errors,
    @JsonAnyGetter @Schema(hidden = true) Map<String, Object> members) {

  public static final String MEDIA_TYPE = "application/problem+json";

  public Problem {
    errors = List.copyOf(errors);
    members = Map.copyOf(members);
  }
}
