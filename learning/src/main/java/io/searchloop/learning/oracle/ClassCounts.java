package io.searchloop.learning.oracle;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One partition's side of the audit equation: accepted = joined + duplicate + quarantined +
 * dangling + erased + late + dead letter + pending.
 *
 * @param accepted records read
 * @param byClass records of each class; absent means none
 */
public record ClassCounts(long accepted, Map<RecordClass, Long> byClass) {
  public ClassCounts {
    EnumMap<RecordClass, Long> copy = new EnumMap<>(RecordClass.class);
    copy.putAll(byClass);
    byClass = Collections.unmodifiableMap(copy);
  }

  /** Records of a class. */
  public long count(RecordClass recordClass) {
    return byClass.getOrDefault(recordClass, 0L);
  }

  /** Whether the equation holds. */
  public boolean balanced() {
    return accepted == byClass.values().stream().mapToLong(Long::longValue).sum();
  }
}
