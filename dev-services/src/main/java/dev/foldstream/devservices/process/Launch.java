package dev.foldstream.devservices.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a child JVM is started with. Its logs go to {@code logs/<name>.log} below the directory,
 * where {@code <name>.pid} names the process, too.
 */
public record Launch(
    String name,
    Path directory,
    List<String> jvmOptions,
    List<Path> classPath,
    String mainClass,
    List<String> arguments,
    Map<String, String> environment) {

  public Launch {
    jvmOptions = List.copyOf(jvmOptions);
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
