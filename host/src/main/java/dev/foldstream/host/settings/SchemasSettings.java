package dev.foldstream.host.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Who registers schemas.
 *
 * @param register whether a host that writes registers its schemas at start; off when a deployment
 *     step does it
 */
@Context
@ConfigurationProperties("foldstream.schemas")
public record SchemasSettings(@Bindable(defaultValue = "true") boolean register) {}
