/** Views as tables of PostgreSQL. */
@NullMarked
package dev.foldstream.viewstore.postgres;

import org.jspecify.annotations.NullMarked;
