/** The row record as columns and as JSON. */
@NullMarked
package dev.foldstream.viewstore.rows;

import org.jspecify.annotations.NullMarked;
