@NullMarked
package dev.foldstream.quickstart.demo;

import org.jspecify.annotations.NullMarked;
