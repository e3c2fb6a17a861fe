/** The workers: read the log, fold, write. */
@NullMarked
package dev.foldstream.projector.projection;

import org.jspecify.annotations.NullMarked;
