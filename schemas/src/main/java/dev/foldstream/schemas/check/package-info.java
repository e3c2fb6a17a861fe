/**
 * Checks for a domain's own build: its schema files fit, its events survive the way there and back.
 */
@NullMarked
package dev.foldstream.schemas.check;

import org.jspecify.annotations.NullMarked;
