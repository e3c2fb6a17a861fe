package dev.foldstream.viewstore;

/**
 * A component of the row record as a column.
 *
 * @param name the component's name, as callers write it
 * @param type its Java type
 */
public record ViewColumn(String name, ViewColumnType type, boolean nullable) {}
