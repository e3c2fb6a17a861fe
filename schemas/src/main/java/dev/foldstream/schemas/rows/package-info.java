/** Rows that no record class describes: from an Avro schema to columns, and to a record class. */
@NullMarked
package dev.foldstream.schemas.rows;

import org.jspecify.annotations.NullMarked;
