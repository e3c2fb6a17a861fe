/** Rows that are kept in this process, and never older than a token. */
@NullMarked
package dev.foldstream.queryservice.caching;

import org.jspecify.annotations.NullMarked;
