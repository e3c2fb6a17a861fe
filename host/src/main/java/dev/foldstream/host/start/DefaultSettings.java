package dev.foldstream.host.start;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.env.PropertySource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** Gives every host the same beginnings; its own configuration and the environment come after. */
@ContextConfigurer
public final class DefaultSettings implements ApplicationContextConfigurer {

  /** Below the configuration files of a host. */
  private static final int ORDER = -1000;

  private static final String RESOURCE = "defaults.properties";

  @Override
  public void configure(ApplicationContextBuilder builder) {
    builder.propertySources(PropertySource.of("foldstream-defaults", read(), ORDER));
  }

  private static Map<String, Object> read() {
    var properties = new Properties();
    try (var in = DefaultSettings.class.getResourceAsStream(RESOURCE)) {
      properties.load(Objects.requireNonNull(in, RESOURCE));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    var map = new HashMap<String, Object>();
    properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
    return map;
  }
}
