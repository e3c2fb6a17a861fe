package dev.foldstream.topologyservice.registry;

import dev.foldstream.eventstore.streams.Cluster;
import java.util.Map;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;

/** Where the registry ends for a reader of committed records. */
final class RegistryEnd {

  private RegistryEnd() {}

  static long read(Cluster cluster) {
    var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    var asked =
        cluster.admin().listOffsets(Map.of(RegistryReader.PARTITION, OffsetSpec.latest()), options);
    return Cluster.answer(
            "find the end of the registry", asked.partitionResult(RegistryReader.PARTITION))
        .offset();
  }
}
