package dev.foldstream.viewstore;

/**
 * One row as it is served.
 *
 * @param revision rises with every change of the row; what an ETag is made of
 * @param row an instance of the view's row record
 */
public record ViewRow(String key, long revision, Record row) {}
