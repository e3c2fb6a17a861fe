/** What answers have in common: rows as JSON, tags, headers and their size. */
@NullMarked
package dev.foldstream.queryservice.answers;

import org.jspecify.annotations.NullMarked;
