/** The description of this host, made from the views it serves. */
@NullMarked
package dev.foldstream.queryservice.openapi;

import org.jspecify.annotations.NullMarked;
