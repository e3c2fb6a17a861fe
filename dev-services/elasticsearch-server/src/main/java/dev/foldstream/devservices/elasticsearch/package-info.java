/** One Elasticsearch node in a JVM of its own. */
@NullMarked
package dev.foldstream.devservices.elasticsearch;

import org.jspecify.annotations.NullMarked;
