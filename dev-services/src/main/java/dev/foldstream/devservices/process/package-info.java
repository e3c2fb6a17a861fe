/** Child JVMs that end with their parent, and the ports they listen on. */
@NullMarked
package dev.foldstream.devservices.process;

import org.jspecify.annotations.NullMarked;
