/** What is on hand and reserved of one article. */
@NullMarked
package dev.foldstream.commerce.stock;

import org.jspecify.annotations.NullMarked;
