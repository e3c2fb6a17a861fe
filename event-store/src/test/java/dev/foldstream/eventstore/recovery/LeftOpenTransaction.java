package dev.foldstream.eventstore.recovery;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * Writes a record of a transaction that no coordinator knows, as a broker that was killed leaves
 * one: a bare request of the protocol's last version without transactions v2, from a producer that
 * was never given an id.
 */
final class LeftOpenTransaction {

  private static final short BEFORE_TRANSACTIONS_V2 = 11;
  private static final int TIMEOUT_MILLIS = 10_000;

  private LeftOpenTransaction() {}

  static void write(String bootstrapServers, TopicPartition partition, long producerId)
      throws IOException {
    var request = new ProduceRequest(data(partition, producerId), BEFORE_TRANSACTIONS_V2);
    var header = new RequestHeader(ApiKeys.PRODUCE, BEFORE_TRANSACTIONS_V2, "left-open", 1);
    ByteBuffer bytes = request.serializeWithHeader(header);
    String[] address = bootstrapServers.split(":", 2);
    try (var socket = new Socket(address[0], Integer.parseInt(address[1]))) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      var size = ByteBuffer.allocate(Integer.BYTES).putInt(bytes.remaining()).array();
      socket.getOutputStream().write(size);
      socket.getOutputStream().write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
      var in = new DataInputStream(socket.getInputStream());
      byte[] answer = in.readNBytes(in.readInt());
      var response =
          (ProduceResponse) AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
      response
          .data()
          .responses()
          .forEach(
              topic ->
                  topic
                      .partitionResponses()
                      .forEach(
                          answered -> {
                            if (answered.errorCode() != 0) {
                              throw new IllegalStateException(answered.toString());
                            }
                          }));
    }
  }

  private static ProduceRequestData data(TopicPartition partition, long producerId) {
    var records =
        MemoryRecords.withTransactionalRecords(
            Compression.NONE, producerId, (short) 0, 0, new SimpleRecord(new byte[] {1}));
    var topics = new TopicProduceDataCollection();
    topics.add(
        new TopicProduceData()
            .setName(partition.topic())
            .setPartitionData(
                List.of(
                    new PartitionProduceData()
                        .setIndex(partition.partition())
                        .setRecords(records))));
    return new ProduceRequestData()
        .setTransactionalId("left-open-" + producerId)
        .setAcks((short) -1)
        .setTimeoutMs(TIMEOUT_MILLIS)
        .setTopicData(topics);
  }
}
