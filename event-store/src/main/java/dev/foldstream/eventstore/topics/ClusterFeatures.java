package dev.foldstream.eventstore.topics;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.jspecify.annotations.Nullable;

/** What the cluster itself must offer. */
final class ClusterFeatures {

  private static final String TRANSACTION_VERSION = "transaction.version";
  private static final short TRANSACTIONS_V2 = 2;

  private ClusterFeatures() {}

  static List<String> faults(Admin admin) {
    var features =
        TopicSetup.answer(
            "read the cluster's features", admin.describeFeatures().featureMetadata());
    @Nullable FinalizedVersionRange found = features.finalizedFeatures().get(TRANSACTION_VERSION);
    return faults(found == null ? 0 : found.maxVersionLevel());
  }

  static List<String> faults(int transactionVersion) {
    if (transactionVersion >= TRANSACTIONS_V2) {
      return List.of();
    }
    return List.of(
        ("the cluster must have the feature %s=%d, without which a delayed commit can reach a later"
                + " transaction; found %d. Mend: kafka-features.sh upgrade --feature %s=%d")
            .formatted(
                TRANSACTION_VERSION,
                TRANSACTIONS_V2,
                transactionVersion,
                TRANSACTION_VERSION,
                TRANSACTIONS_V2));
  }
}
