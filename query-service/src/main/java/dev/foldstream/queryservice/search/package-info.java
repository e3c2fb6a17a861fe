/** The address /search. */
@NullMarked
package dev.foldstream.queryservice.search;

import org.jspecify.annotations.NullMarked;
