/**
 * Real Kafka, PostgreSQL, Elasticsearch and a schema registry for development and tests. Start at
 * {@link dev.foldstream.devservices.DevServices}.
 */
@NullMarked
package dev.foldstream.devservices;

import org.jspecify.annotations.NullMarked;
