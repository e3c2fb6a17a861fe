package dev.foldstream.host.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One thing that is wrong with a request, and where: exactly one of the three places is given. */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
    @Schema(description = "JSON pointer into the body", example = "/lines/0/quantity")
        @Nullable String pointer,
    @Schema(description = "name of a parameter of the address") @Nullable String parameter,
    @Schema(description = "name of a header") @Nullable String header,
    @Schema(description = "what was wanted and what was found") String detail,
    @Schema(description = "line of the body, from 1") @Nullable Integer line,
    @Schema(
            description =
                "column in the expression at the pointer, or in the parameter's value, from 1")
        @Nullable Integer column,
    @Schema(description = "how to mend it") @Nullable String hint) {

  public static Fault pointer(String pointer, String detail) {
    return new Fault(pointer, null, null, detail, null, null, null);
  }

  public static Fault parameter(String parameter, String detail) {
    return new Fault(null, parameter, null, detail, null, null, null);
  }

  /** A fault at this character of the parameter's value, from 1 on. */
  public static Fault parameter(String parameter, int column, String detail) {
    return new Fault(null, parameter, null, detail, null, column, null);
  }

  public static Fault header(String header, String detail) {
    return new Fault(null, null, header, detail, null, null, null);
  }
}
