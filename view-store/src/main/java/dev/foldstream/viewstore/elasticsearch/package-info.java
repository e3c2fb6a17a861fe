/** Views as indices of Elasticsearch. */
@NullMarked
package dev.foldstream.viewstore.elasticsearch;

import org.jspecify.annotations.NullMarked;
