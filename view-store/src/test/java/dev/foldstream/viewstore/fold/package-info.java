@NullMarked
package dev.foldstream.viewstore.fold;

import org.jspecify.annotations.NullMarked;
