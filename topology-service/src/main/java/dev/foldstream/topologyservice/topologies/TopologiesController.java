package dev.foldstream.topologyservice.topologies;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** Lists what is registered, which is nothing while there is no registry. */
@Controller("/topologies")
@Tag(name = "topologies")
final class TopologiesController {

  @Get
  @Operation(summary = "The registered topologies: none, because there is no registry yet")
  TopologyList list() {
    return new TopologyList(List.of(), null);
  }
}
