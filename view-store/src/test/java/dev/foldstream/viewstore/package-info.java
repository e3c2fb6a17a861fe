@NullMarked
package dev.foldstream.viewstore;

import org.jspecify.annotations.NullMarked;
