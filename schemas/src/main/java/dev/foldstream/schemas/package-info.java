/** The wire contract: schema files, the record codec, the registry and JSON. */
@NullMarked
package dev.foldstream.schemas;

import org.jspecify.annotations.NullMarked;
