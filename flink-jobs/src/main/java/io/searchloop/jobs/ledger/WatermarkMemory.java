package io.searchloop.jobs.ledger;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * A function's event-time progress that survives a restore. Flink's watermarks begin again at the
 * beginning of time, so without it a record that was late before a crash would be in time after it,
 * and ledger and oracle would disagree. All subtasks share the watermark at an aligned barrier;
 * each restores the greatest that any of them remembered. Confined to one task thread.
 */
public final class WatermarkMemory {
  private final ListState<Long> state;
  private long watermark = Long.MIN_VALUE;

  private WatermarkMemory(ListState<Long> state) {
    this.state = state;
  }

  /** Restores the memory from operator state. */
  public static WatermarkMemory restore(FunctionInitializationContext context) throws Exception {
    WatermarkMemory memory =
        new WatermarkMemory(
            context
                .getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("watermark", Types.LONG)));
    for (long remembered : memory.state.get()) {
      memory.watermark = Math.max(memory.watermark, resumable(remembered));
    }
    return memory;
  }

  /** Progress so far, given the current watermark, epoch milliseconds. */
  public long advance(long currentWatermark) {
    watermark = Math.max(watermark, currentWatermark);
    return watermark;
  }

  /** Writes the progress to operator state. */
  public void snapshot(long currentWatermark) throws Exception {
    state.clear();
    state.add(advance(currentWatermark));
  }

  /** A drained job reached the end of time and left nothing open: resuming it begins anew. */
  static long resumable(long watermark) {
    return watermark == Long.MAX_VALUE ? Long.MIN_VALUE : watermark;
  }
}
