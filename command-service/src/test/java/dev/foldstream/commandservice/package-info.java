@NullMarked
package dev.foldstream.commandservice;

import org.jspecify.annotations.NullMarked;
