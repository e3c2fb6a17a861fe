@NullMarked
package dev.foldstream.commandservice.workshop;

import org.jspecify.annotations.NullMarked;
