@NullMarked
package dev.foldstream.projector.library;

import org.jspecify.annotations.NullMarked;
