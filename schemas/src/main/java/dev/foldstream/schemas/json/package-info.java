/** Records as JSON, every fault with its place, and their JSON Schemas. */
@NullMarked
package dev.foldstream.schemas.json;

import org.jspecify.annotations.NullMarked;
