/**
 * Joins Java records and Avro: schemas derived from records, records read and written by schema.
 */
@NullMarked
package dev.foldstream.schemas.codec;

import org.jspecify.annotations.NullMarked;
