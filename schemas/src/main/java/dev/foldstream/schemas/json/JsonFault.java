package dev.foldstream.schemas.json;

/**
 * One thing wrong with a JSON text.
 *
 * @param pointer where (RFC 6901); empty for the whole text
 * @param detail what was wanted and what was found
 */
public record JsonFault(String pointer, String detail) {}
