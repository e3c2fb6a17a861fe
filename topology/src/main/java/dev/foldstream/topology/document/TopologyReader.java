package dev.foldstream.topology.document;

import java.util.List;

/** Reads documents, YAML or JSON, and finds everything that is wrong with their shape. */
public final class TopologyReader {

  /**
   * Reads one.
   *
   * @param mediaType {@code application/json}, {@code application/yaml}, or one that ends in {@code
   *     +json} or {@code +yaml}
   */
  public Result<TopologyDocument> read(String text, String mediaType) {
    return new Result.Faulty<>(List.of(Fault.at("", mediaType + " cannot be read yet: " + text)));
  }
}
