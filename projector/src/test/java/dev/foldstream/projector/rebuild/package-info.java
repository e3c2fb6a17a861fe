@NullMarked
package dev.foldstream.projector.rebuild;

import org.jspecify.annotations.NullMarked;
