/** The host that takes commands and decides them. */
@NullMarked
package dev.foldstream.commandservice;

import org.jspecify.annotations.NullMarked;
