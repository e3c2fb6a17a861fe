package dev.foldstream.benchmarks.wallet;

record Wallet(long balance) {}
