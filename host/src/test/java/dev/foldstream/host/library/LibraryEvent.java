package dev.foldstream.host.library;

/** What a view over several aggregates follows; no sealed parent of the aggregates' events. */
public interface LibraryEvent {}
