/** The schema files of domains on the class path, and the tool that writes new ones. */
@NullMarked
package dev.foldstream.schemas.files;

import org.jspecify.annotations.NullMarked;
