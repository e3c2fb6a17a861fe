package dev.foldstream.topology.plan;

import java.util.List;

/**
 * How a change is classed.
 *
 * @param reasons why it is classed so, in sentences
 */
public record Change(ChangeClass changeClass, List<String> reasons) {}
