/** What the journal keeps of a record of the log. */
@NullMarked
package dev.foldstream.projector.journal;

import org.jspecify.annotations.NullMarked;
