package dev.foldstream.commandservice.processes;

import dev.foldstream.eventstore.process.Group;
import dev.foldstream.eventstore.process.ProcessApplication;
import dev.foldstream.eventstore.process.ProcessCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Counts processes and what they do, by process type. */
@Context
final class ProcessMetrics {

  ProcessMetrics(MeterRegistry meters, Processes processes) {
    processes.running().forEach(application -> bind(meters, application));
  }

  private static void bind(MeterRegistry meters, ProcessApplication application) {
    ProcessCounts counts = application.counts();
    String name = application.name();
    for (Group group : Group.values()) {
      Gauge.builder("foldstream.processes", counts, it -> it.processes(group))
          .description("processes in the partitions of this instance")
          .tag("process", name)
          .tag("outcome", group.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .register(meters);
    }
    inputs(meters, name, "taken", counts, ProcessCounts::inputs);
    inputs(meters, name, "ignored", counts, ProcessCounts::ignored);
    inputs(meters, name, "set-aside", counts, ProcessCounts::quarantined);
    inputs(meters, name, "unrouted", counts, ProcessCounts::unrouted);
    FunctionCounter.builder("foldstream.process.commands", counts, ProcessCounts::commands)
        .description("commands sent by processes of this instance")
        .tag("process", name)
        .register(meters);
    FunctionCounter.builder("foldstream.process.timers", counts, ProcessCounts::timedOut)
        .description("timers that went off in this instance")
        .tag("process", name)
        .register(meters);
  }

  private static void inputs(
      MeterRegistry meters,
      String process,
      String what,
      ProcessCounts counts,
      ToDoubleFunction<ProcessCounts> value) {
    FunctionCounter.builder("foldstream.process.inputs", counts, value)
        .description("inputs of processes in this instance")
        .tag("process", process)
        .tag("what", what)
        .register(meters);
  }
}
