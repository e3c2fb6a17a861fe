package dev.foldstream.topology.compile;

import dev.foldstream.topology.catalog.Catalog;
import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Result;
import dev.foldstream.topology.document.TopologyDocument;
import java.util.List;

/** Checks names and cycles, types, and plan, and makes what can be run. Stateless. */
public final class TopologyCompiler {

  public Result<Compiled> compile(TopologyDocument document, Catalog catalog) {
    return new Result.Faulty<>(
        List.of(Fault.at("", document.name() + " cannot be compiled yet by " + catalog)));
  }
}
