package dev.foldstream.eventstore.shadow;

import dev.foldstream.kernel.Domain;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * A jar with another release of a domain. It sees the JDK, the kernel and itself, nothing else of
 * this process, so its classes and schema files are its own also when they have the same names.
 */
public final class CandidateJar implements AutoCloseable {

  private final URLClassLoader loader;

  public CandidateJar(Path jar) throws IOException {
    this.loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, new KernelOnly());
  }

  /**
   * The domain of this name.
   *
   * @throws IllegalArgumentException when the jar has none
   */
  public Domain domain(String name) {
    try {
      for (Domain domain : ServiceLoader.load(Domain.class, loader)) {
        if (domain.name().equals(name)) {
          return domain;
        }
      }
    } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
      throw new IllegalArgumentException("the jar's domain cannot be loaded: " + broken, broken);
    }
    throw new IllegalArgumentException(
        "wanted a domain '%s' in META-INF/services/%s of the jar; found none"
            .formatted(name, Domain.class.getName()));
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** Lets through what a domain may know. */
  private static final class KernelOnly extends ClassLoader {
    private static final String KERNEL = Domain.class.getPackageName() + ".";
    private static final String JSPECIFY = "org.jspecify.";

    KernelOnly() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(KERNEL) || name.startsWith(JSPECIFY)) {
        return Class.forName(name, false, Domain.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }
}
