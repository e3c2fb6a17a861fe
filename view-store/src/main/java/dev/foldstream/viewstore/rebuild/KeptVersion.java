package dev.foldstream.viewstore.rebuild;

/** One version that the store keeps. */
public record KeptVersion(int number, VersionState state) {}
