@NullMarked
package dev.foldstream.viewstore.memory;

import org.jspecify.annotations.NullMarked;
