@NullMarked
package dev.foldstream.commandservice.nextworkshop;

import org.jspecify.annotations.NullMarked;
