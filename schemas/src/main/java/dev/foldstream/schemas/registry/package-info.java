/** Schema registries: Confluent's REST interface, and one in memory. */
@NullMarked
package dev.foldstream.schemas.registry;

import org.jspecify.annotations.NullMarked;
