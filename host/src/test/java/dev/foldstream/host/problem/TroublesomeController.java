package dev.foldstream.host.problem;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.validation.Validated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;

/** Fails in every way a request can fail. */
@Controller("/trouble")
@Validated
@ExecuteOn(TaskExecutors.BLOCKING)
class TroublesomeController {

  @Serdeable
  record Order(@NotBlank String sku, int quantity) {}

  @Get("/bug")
  String bug() {
    throw new IllegalStateException("the secret of the house");
  }

  @Get("/problem")
  String problem() {
    throw new ProblemException(ProblemType.VIEW_BEHIND, "7 events behind")
        .fault(Fault.header("Foldstream-Token", "too new"))
        .member("behind", 7)
        .retryAfter(Duration.ofMillis(1));
  }

  @Get("/number")
  String number(@QueryValue int limit) {
    return "" + limit;
  }

  @Get("/limited")
  String limited(@QueryValue @Max(10) int limit) {
    return "" + limit;
  }

  @Get("/header")
  String header(@Header("X-Wanted") String wanted) {
    return wanted;
  }

  @Post("/order")
  Order order(@Body @Valid Order order) {
    return order;
  }

  @Post(value = "/bytes", consumes = MediaType.ALL)
  String bytes(@Body byte[] body) {
    return "" + body.length;
  }
}
