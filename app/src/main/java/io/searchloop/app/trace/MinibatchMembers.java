package io.searchloop.app.trace;

import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.PreferencePair;
import java.util.stream.Stream;

/** The rollouts in a minibatch, whatever it holds them in. */
public final class MinibatchMembers {
  private MinibatchMembers() {}

  /** Members of groups, pairs and orders. */
  public static Stream<GroupMember> of(Minibatch minibatch) {
    return Stream.of(
            minibatch.getGroups().stream().flatMap(group -> group.getMembers().stream()),
            minibatch.getPairs().stream().flatMap(MinibatchMembers::of),
            minibatch.getOrders().stream().flatMap(order -> order.getMembers().stream()))
        .flatMap(stream -> stream);
  }

  private static Stream<GroupMember> of(PreferencePair pair) {
    return Stream.of(pair.getPreferred(), pair.getRejected());
  }
}
