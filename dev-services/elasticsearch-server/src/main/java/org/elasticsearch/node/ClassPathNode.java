package org.elasticsearch.node;

import java.util.List;
import org.elasticsearch.env.Environment;
import org.elasticsearch.plugins.ClassPathPluginsService;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.PluginsLoader;
import org.elasticsearch.plugins.PluginsService;
import org.jspecify.annotations.NullMarked;

/** A node that runs from the class path alone, with the plugins it is given. */
@NullMarked
public final class ClassPathNode extends Node {

  public ClassPathNode(Environment environment, List<? extends Class<? extends Plugin>> plugins) {
    super(
        NodeConstruction.prepareConstruction(
            environment,
            ClassPathPluginsService.noDirectories(),
            new NodeServiceProvider() {
              @Override
              PluginsService newPluginService(Environment prepared, PluginsLoader loader) {
                return new ClassPathPluginsService(prepared, plugins);
              }
            },
            true));
  }
}
