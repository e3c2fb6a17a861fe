package dev.foldstream.devservices.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The directory of the log, formatted once with the newest features that are fit for production.
 */
final class KafkaStorage {

  private static final String META = "meta.properties";

  private KafkaStorage() {}

  /** The cluster id of the directory, which is formatted first when it is new. */
  static String formatOnce(Path directory) throws Exception {
    if (!Files.exists(directory.resolve(META))) {
      format(directory);
    }
    return clusterId(directory);
  }

  private static void format(Path directory) throws Exception {
    Files.createDirectories(directory);
    var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    new Formatter()
        .setPrintStream(silent)
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setUnstableFeatureVersionsEnabled(false)
        .setNodeId(BrokerSettings.NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .setMetadataLogDirectory(directory.toString())
        .addDirectory(directory.toString())
        .setIgnoreFormatted(true)
        .run();
  }

  private static String clusterId(Path directory) throws IOException {
    var meta = new Properties();
    try (var in = Files.newInputStream(directory.resolve(META))) {
      meta.load(in);
    }
    String id = meta.getProperty("cluster.id");
    if (id == null) {
      throw new IllegalStateException(
          "Wanted cluster.id in %s, found none: the directory is damaged, start with a fresh one"
              .formatted(directory.resolve(META)));
    }
    return id;
  }
}
