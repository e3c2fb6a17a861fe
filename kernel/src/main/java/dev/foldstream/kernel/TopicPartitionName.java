package dev.foldstream.kernel;

/** One partition of an events topic, as tokens and positions name it. */
public record TopicPartitionName(String topic, int partition)
    implements Comparable<TopicPartitionName> {

  @Override
  public int compareTo(TopicPartitionName other) {
    int byTopic = topic.compareTo(other.topic);
    return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
  }

  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
