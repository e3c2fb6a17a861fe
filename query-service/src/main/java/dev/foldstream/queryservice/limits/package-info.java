/** What queries may cost: settings, rates, and what is told when they cost more. */
@NullMarked
package dev.foldstream.queryservice.limits;

import org.jspecify.annotations.NullMarked;
