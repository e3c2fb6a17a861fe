/** The servers as child processes, from artifacts of Maven Central. */
@NullMarked
package dev.foldstream.devservices.embedded;

import org.jspecify.annotations.NullMarked;
