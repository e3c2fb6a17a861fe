/** The address /views. */
@NullMarked
package dev.foldstream.queryservice.views;

import org.jspecify.annotations.NullMarked;
