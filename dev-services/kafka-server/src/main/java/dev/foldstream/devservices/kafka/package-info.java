/** One KRaft node in a JVM of its own. */
@NullMarked
package dev.foldstream.devservices.kafka;

import org.jspecify.annotations.NullMarked;
