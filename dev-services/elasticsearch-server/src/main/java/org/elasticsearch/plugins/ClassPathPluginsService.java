package org.elasticsearch.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.Build;
import org.elasticsearch.action.admin.cluster.node.info.PluginsAndModules;
import org.elasticsearch.env.Environment;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Takes plugins from the class path, where the distribution takes them from directories. */
@NullMarked
public final class ClassPathPluginsService extends PluginsService {

  /** Null while the super constructor asks for the plugins. */
  private final @Nullable List<LoadedPlugin> loaded;

  private final PluginsAndModules info;

  public ClassPathPluginsService(
      Environment environment, List<? extends Class<? extends Plugin>> classes) {
    super(environment.settings(), environment.configDir(), noDirectories());
    var found = new ArrayList<LoadedPlugin>();
    var descriptors = new ArrayList<PluginDescriptor>();
    for (var plugin : classes) {
      var descriptor = descriptor(plugin);
      descriptors.add(descriptor);
      var instance = loadPlugin(plugin, environment.settings(), environment.configDir());
      found.add(new LoadedPlugin(descriptor, instance, plugin.getClassLoader()));
    }
    loadExtensions(found);
    loaded = List.copyOf(found);
    info = new PluginsAndModules(List.of(), descriptors);
  }

  public static PluginsLoader noDirectories() {
    return PluginsLoader.createPluginsLoader(Set.of(), Set.of(), Map.of(), false);
  }

  private static PluginDescriptor descriptor(Class<? extends Plugin> plugin) {
    return new PluginDescriptor(
        plugin.getName(),
        "from the class path",
        "development",
        Build.current().version(),
        Integer.toString(Runtime.version().feature()),
        plugin.getName(),
        null,
        List.of(),
        false,
        false,
        false,
        false,
        PluginDescriptor.DeploymentTarget.ALL);
  }

  @Override
  protected List<LoadedPlugin> plugins() {
    return loaded == null ? List.of() : loaded;
  }

  @Override
  public PluginsAndModules info() {
    return info;
  }
}
