/** Given, when, then. */
@NullMarked
package dev.foldstream.testkit;

import org.jspecify.annotations.NullMarked;
