/**
 * The parts and all hosts on one machine: {@link dev.foldstream.quickstart.Main} for people, {@link
 * dev.foldstream.quickstart.Installation} for tests.
 */
@NullMarked
package dev.foldstream.quickstart;

import org.jspecify.annotations.NullMarked;
