/** The settings all hosts share, checked at start. */
@NullMarked
package dev.foldstream.host.settings;

import org.jspecify.annotations.NullMarked;
