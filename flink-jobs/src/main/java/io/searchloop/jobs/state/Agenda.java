package io.searchloop.jobs.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * Things to look at when event time reaches an instant: a list for each instant, with its timer. A
 * timer takes its whole list, so nothing stays behind.
 */
public final class Agenda<T> {
  private final MapState<Long, List<T>> items;

  private Agenda(MapState<Long, List<T>> items) {
    this.items = items;
  }

  /** The agenda of the current key in the named state. */
  public static <T> Agenda<T> of(RuntimeContext context, String name, TypeInformation<T> type) {
    return new Agenda<>(
        context.getMapState(new MapStateDescriptor<>(name, Types.LONG, Types.LIST(type))));
  }

  /** Notes an item for an instant, epoch milliseconds. */
  public void add(long time, T item, TimerService timers) throws Exception {
    List<T> list = items.get(time);
    if (list == null) {
      list = new ArrayList<>();
      timers.registerEventTimeTimer(time);
    }
    list.add(item);
    items.put(time, list);
  }

  /** Removes and returns the items of an instant. */
  public List<T> take(long time) throws Exception {
    List<T> list = items.get(time);
    if (list == null) {
      return List.of();
    }
    items.remove(time);
    return list;
  }
}
