/**
 * What a record's components may be: the one list of Java types that have a schema and a JSON form.
 */
@NullMarked
package dev.foldstream.schemas.types;

import org.jspecify.annotations.NullMarked;
