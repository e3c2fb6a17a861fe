/** The host that reads: views by key, by filter and page, and by text. */
@NullMarked
package dev.foldstream.queryservice;

import org.jspecify.annotations.NullMarked;
