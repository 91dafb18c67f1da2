package io.searchloop.jobs.assembly;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The newest lineage a subtask has seen. Lineages only grow: a rollback starts a new one, and what
 * the withdrawn policy did must no longer teach. Operator state; after a change of parallelism
 * every subtask knows what any of them knew. Confined to the task thread.
 */
final class NewestLineage {
  private final ListState<Long> state;
  private long newest = Long.MIN_VALUE;

  private NewestLineage(ListState<Long> state) {
    this.state = state;
  }

  static NewestLineage restore(FunctionInitializationContext context) throws Exception {
    NewestLineage lineage =
        new NewestLineage(
            context
                .getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("newest-lineage", Types.LONG)));
    for (long seen : lineage.state.get()) {
      lineage.see(seen);
    }
    return lineage;
  }

  void see(long lineage) {
    newest = Math.max(newest, lineage);
  }

  /** Whether a newer lineage has been seen. */
  boolean withdrawn(long lineage) {
    return lineage < newest;
  }

  void snapshot() throws Exception {
    state.update(List.of(newest));
  }
}
