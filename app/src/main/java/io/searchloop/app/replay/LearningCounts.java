package io.searchloop.app.replay;

import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;

/**
 * What lies on a minibatches topic.
 *
 * @param minibatches minibatches of all kinds
 * @param groups groups with an advantage to learn from
 * @param flatGroups groups whose members all earned the same, as far as minibatches tell
 * @param pairs preference pairs
 * @param corrections changes of earlier advantages
 */
public record LearningCounts(
    long minibatches, long groups, long flatGroups, long pairs, long corrections) {

  /** Reads a minibatches topic. */
  static LearningCounts of(Brokers bootstrapServers, Serdes serdes, String prefix) {
    AvroSerde<Minibatch> serde = serdes.of(Topics.MINIBATCHES.prefixed(prefix));
    LearningCounts[] sum = {new LearningCounts(0, 0, 0, 0, 0)};
    RawTopic.forEach(
        bootstrapServers,
        prefix + Topics.MINIBATCHES.name(),
        bytes -> sum[0] = sum[0].plus(serde.deserialize(bytes.value())));
    return sum[0];
  }

  private LearningCounts plus(Minibatch minibatch) {
    boolean corrects = minibatch.getKind() == MinibatchKind.CORRECTIONS;
    int members = minibatch.getGroups().size();
    return new LearningCounts(
        minibatches + 1,
        groups + (corrects ? 0 : members),
        flatGroups + minibatch.getFlatGroups(),
        pairs + minibatch.getPairs().size(),
        corrections + (corrects ? members : 0));
  }
}
