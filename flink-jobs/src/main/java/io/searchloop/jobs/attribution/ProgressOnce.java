package io.searchloop.jobs.attribution;

import io.searchloop.jobs.past.PastProgress;
import io.searchloop.jobs.past.PastRun;
import org.apache.flink.util.function.SerializableSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the progress of an earlier run when a task first asks for it, and keeps it. */
final class ProgressOnce implements SerializableSupplier<PastProgress> {
  private static final long serialVersionUID = 1L;

  private final SerializableSupplier<PastRun> past;
  private transient @Nullable PastProgress progress;

  ProgressOnce(SerializableSupplier<PastRun> past) {
    this.past = past;
  }

  @Override
  public PastProgress get() {
    PastProgress known = progress;
    if (known == null) {
      known = past.get().progress();
      progress = known;
    }
    return known;
  }
}
