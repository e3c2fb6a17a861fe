/** Views are built anew beside the live version, compared, and switched. */
@NullMarked
package dev.foldstream.projector.rebuild;

import org.jspecify.annotations.NullMarked;
