@NullMarked
package dev.foldstream.quickstart;

import org.jspecify.annotations.NullMarked;
