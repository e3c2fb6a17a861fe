/** Folds a batch of events into changes of rows. */
@NullMarked
package dev.foldstream.viewstore.fold;

import org.jspecify.annotations.NullMarked;
