/**
 * The rules of the build that no compiler checks: borders, null-marking, sizes, decision records.
 */
@NullMarked
package dev.foldstream.endtoend.rules;

import org.jspecify.annotations.NullMarked;
