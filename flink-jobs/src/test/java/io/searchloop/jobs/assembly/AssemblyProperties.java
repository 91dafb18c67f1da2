package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.RewardTuple;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the whole line whatever the tuples are. */
class AssemblyProperties {
  private static final int MOMENTS = 600;
  private static final int WATERMARK_EVERY = 7;
  private static final Map<String, String> SETTINGS =
      Map.of(
          "assembly.group-timeout", "PT0.2S",
          "assembly.out-of-orderness", "PT0.05S",
          "assembly.groups-per-minibatch", "5",
          "assembly.groups-per-query", "1",
          "assembly.pair-interval", "20");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void packsTheSameMinibatchesFromTheSameInputToTheByte(long seed) throws Exception {
    List<ByteBuffer> first = packed(seed);

    // created_at is the harness's clock, which stands still.
    assertThat(packed(seed).equals(first)).isTrue();
    assertThat(first).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void assemblesTheSameWithRestarts(long seed) throws Exception {
    List<String> uninterrupted = assembled(seed, new HashMapStateBackend(), 0);

    assertThat(assembled(seed, new HashMapStateBackend(), 97)).isEqualTo(uninterrupted);
    assertThat(uninterrupted).hasSizeGreaterThan(100);
  }

  @Test
  void assemblesTheSameOnRocksDb() throws Exception {
    List<String> onHeap = assembled(1, new HashMapStateBackend(), 0);

    assertThat(assembled(1, new EmbeddedRocksDBStateBackend(), 0)).isEqualTo(onHeap);
    assertThat(assembled(1, new EmbeddedRocksDBStateBackend(), 97)).isEqualTo(onHeap);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsAdvantagesOfEveryGroupAndCorrectionAtSumZero(long seed) throws Exception {
    AssemblyLine line = fed(seed, new HashMapStateBackend(), 0);
    line.finish();

    assertThat(line.groups()).hasSizeGreaterThan(40);
    assertThat(line.corrections()).hasSizeGreaterThan(40);
    for (TrainingItem item : line.items()) {
      if (item.group() != null) {
        assertThat(item.group().getMembers().stream().mapToDouble(m -> m.getAdvantage()).sum())
            .isBetween(-1e-9, 1e-9);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void capsEveryQueryOfAMinibatchThatHoldsOthers(long seed) throws Exception {
    AssemblyLine line = fed(seed, new HashMapStateBackend(), 0);
    line.finish();

    int full = 0;
    for (Minibatch minibatch : line.minibatches()) {
      Map<String, Integer> perQuery = new HashMap<>();
      minibatch.getGroups().forEach(group -> perQuery.merge(group.getGroupKey(), 1, Integer::sum));
      if (minibatch.getKind() == MinibatchKind.GROUPS && minibatch.getGroups().size() == 5) {
        full++;
        // Above the cap a query was the only one left waiting, so no second is above it.
        assertThat(perQuery.values().stream().filter(count -> count > 1).count())
            .isLessThanOrEqualTo(1);
      }
    }
    assertThat(full).isGreaterThan(5);
  }

  private static List<ByteBuffer> packed(long seed) throws Exception {
    AssemblyLine line = fed(seed, new HashMapStateBackend(), 0);
    line.finish();
    List<ByteBuffer> bytes = new ArrayList<>();
    for (Minibatch minibatch : line.minibatches()) {
      bytes.add(minibatch.toByteBuffer());
    }
    return bytes;
  }

  /** Everything assembled, sorted: what is due at one instant has no order among queries. */
  private static List<String> assembled(long seed, StateBackend backend, int restartEvery)
      throws Exception {
    try (AssemblyLine line = fed(seed, backend, restartEvery)) {
      line.watermark(Long.MAX_VALUE);
      return line.items().stream().map(TrainingItem::toString).sorted().toList();
    }
  }

  private static AssemblyLine fed(long seed, StateBackend backend, int restartEvery)
      throws Exception {
    AssemblyLine line = new AssemblyLine(SETTINGS, backend);
    Random late = new Random(seed);
    int read = 0;
    for (RewardTuple tuple : RandomTuples.of(seed, MOMENTS)) {
      line.receive(tuple);
      read++;
      if (read % WATERMARK_EVERY == 0) {
        line.watermark(tuple.getImpressionTime().toEpochMilli() - late.nextInt(100));
      }
      if (restartEvery > 0 && read % restartEvery == 0) {
        line.restart();
      }
    }
    return line;
  }
}
