/** Tests of what is told of changes. */
@NullMarked
package dev.foldstream.viewstore.changes;

import org.jspecify.annotations.NullMarked;
