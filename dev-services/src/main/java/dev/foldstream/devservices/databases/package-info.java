/** What is done inside a PostgreSQL, whoever runs it. */
@NullMarked
package dev.foldstream.devservices.databases;

import org.jspecify.annotations.NullMarked;
