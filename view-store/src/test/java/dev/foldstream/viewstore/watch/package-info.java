@NullMarked
package dev.foldstream.viewstore.watch;

import org.jspecify.annotations.NullMarked;
