/** The ledger, the quarantine and the pause of projections over HTTP. */
@NullMarked
package dev.foldstream.projector.operations;

import org.jspecify.annotations.NullMarked;
