package dev.foldstream.commandservice.workshop;

public record Tool(int used) {}
