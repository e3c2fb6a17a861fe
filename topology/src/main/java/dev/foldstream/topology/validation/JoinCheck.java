package dev.foldstream.topology.validation;

import dev.foldstream.topology.document.Fault;
import dev.foldstream.topology.document.Step;
import dev.foldstream.topology.document.Step.JoinKind;
import java.util.List;

/** What can be joined with what. */
final class JoinCheck {

  private JoinCheck() {}

  static void faults(Step.Join join, Flow left, Flow right, String pointer, List<Fault> faults) {
    boolean streams = !left.table() && !right.table();
    boolean tables = left.table() && right.table();
    if (left.table() && !right.table()) {
      faults.add(
          Fault.at(
              pointer + "/join",
              "a table cannot be joined with a stream, only a stream with a table",
              "write from: %s and join: %s".formatted(join.with(), join.from())));
    }
    if (streams && join.within() == null) {
      faults.add(
          Fault.at(
              pointer + "/join",
              "both are streams: how far apart their records may be has to be said",
              "write within: 5m, or as: table at the source of " + join.with()));
    }
    if (!streams && join.within() != null) {
      faults.add(
          Fault.at(pointer + "/within", "within is for two streams; one of these is a table"));
    }
    if (join.on() != null && !tables) {
      faults.add(
          Fault.at(
              pointer + "/on",
              "on is for two tables: a stream is joined by its key",
              "use rekey before, or enrich"));
    }
    if (join.on() != null && join.how() == JoinKind.OUTER) {
      faults.add(
          Fault.at(pointer + "/how", "with a foreign key there is inner and left, not outer"));
    }
    if (!left.table() && right.table() && join.how() == JoinKind.OUTER) {
      faults.add(
          Fault.at(pointer + "/how", "a stream with a table: there is inner and left, not outer"));
    }
    partitions(join, left, right, pointer, faults);
  }

  private static void partitions(
      Step.Join join, Flow left, Flow right, String pointer, List<Fault> faults) {
    if (left.table()
        && right.table()
        && join.on() == null
        && left.partitions() != right.partitions()) {
      faults.add(
          Fault.at(
              pointer + "/join",
              "%s has %d partitions and %s has %d: tables are joined partition by partition"
                  .formatted(join.from(), left.partitions(), join.with(), right.partitions()),
              "join them with on, which brings keys together"));
    }
    if (right.moved() && right.table()) {
      faults.add(Fault.at(pointer + "/join", "a table that was given other keys cannot be joined"));
    }
  }

  static Flow joined(Flow left, Flow right, boolean streamTable) {
    boolean table = left.table() && right.table();
    int partitions = table ? left.partitions() : right.partitions();
    if (!left.table() && !right.table()) {
      partitions = Math.max(left.partitions(), right.partitions());
    }
    return new Flow(
        left.records(),
        table,
        left.windowed(),
        streamTable && left.single(),
        partitions,
        false,
        left.keyedBy());
  }
}
