package dev.foldstream.commandservice.processes;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How one process type is run.
 *
 * @param name of the process
 * @param enabled off for loading history; what happens meanwhile is taken up when it is on again
 * @param start what a process type that never ran takes first: {@code now}, {@code beginning} or a
 *     time
 */
@EachProperty("foldstream.processes")
public record ProcessSwitch(
    @Parameter String name,
    @Bindable(defaultValue = "true") boolean enabled,
    @Bindable(defaultValue = "now") String start) {}
