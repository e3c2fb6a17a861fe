@NullMarked
package dev.foldstream.devservices;

import org.jspecify.annotations.NullMarked;
