package io.searchloop.jobs.past;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Whether a task repeats what an earlier run did: set when it begins without state, and remembered
 * in its state, so that it goes on after a restart. Confined to one task thread.
 */
public final class RerunFlag {
  private final ListState<Boolean> state;
  private boolean set;

  private RerunFlag(ListState<Boolean> state, boolean set) {
    this.state = state;
    this.set = set;
  }

  /** The flag of a task that is being initialised. */
  public static RerunFlag restore(FunctionInitializationContext context) throws Exception {
    ListState<Boolean> state =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("rerun", Types.BOOLEAN));
    boolean set = !context.isRestored();
    for (boolean remembered : state.get()) {
      set |= remembered;
    }
    return new RerunFlag(state, set);
  }

  /** Whether to ask what an earlier run did. */
  public boolean isSet() {
    return set;
  }

  /** Nothing is left to repeat. */
  public void clear() {
    set = false;
  }

  /** Writes the flag to operator state. */
  public void snapshot() throws Exception {
    state.clear();
    state.add(set);
  }
}
