package io.searchloop.jobs.past;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.PartialOrder;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RolloutGroup;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rollouts that are in minibatches already, each with the last impression that may have taught: a
 * slate's rollout is shown again and again, and only what came later is new.
 */
public final class PastLessons {
  /** None. */
  public static final PastLessons NONE = new PastLessons(Map.of(), Long.MIN_VALUE);

  private static final Hasher128 HASHER = Hashing.xxh3_128();

  private final Map<HashValue128, Long> taughtUntil;
  private final long newest;

  private PastLessons(Map<HashValue128, Long> taughtUntil, long newest) {
    this.taughtUntil = Map.copyOf(taughtUntil);
    this.newest = newest;
  }

  /** Whether nothing was taught. */
  public boolean isEmpty() {
    return taughtUntil.isEmpty();
  }

  /** Whether a rollout is in a minibatch with impressions up to this one. */
  public boolean taught(String rolloutId, long impressionTime) {
    return !isEmpty()
        && impressionTime <= taughtUntil.getOrDefault(hash(rolloutId), Long.MIN_VALUE);
  }

  /** Whether an impression lies so far behind the newest lesson that it has no more to teach. */
  public boolean outdated(long impressionTime, Duration maxAge) {
    return !isEmpty() && impressionTime < newest - maxAge.toMillis();
  }

  /** Last impression of any lesson, epoch milliseconds; the least for none. */
  public long newest() {
    return newest;
  }

  private static HashValue128 hash(String rolloutId) {
    return HASHER.hashCharsTo128Bits(rolloutId);
  }

  /** Collects them from minibatches. One thread. */
  public static final class Collector {
    private final Map<HashValue128, Long> taughtUntil = new HashMap<>();
    private long newest = Long.MIN_VALUE;

    /** Notes what a minibatch teaches. Corrections are of groups that came before. */
    public void add(Minibatch minibatch) {
      switch (minibatch.getKind()) {
        case GROUPS -> minibatch.getGroups().forEach(this::add);
        case PAIRS -> {
          long packed = minibatch.getCreatedAt().toEpochMilli();
          for (PreferencePair pair : minibatch.getPairs()) {
            add(List.of(pair.getPreferred(), pair.getRejected()), packed);
          }
          for (PartialOrder order : minibatch.getOrders()) {
            add(order.getMembers(), packed);
          }
        }
        case CORRECTIONS, UNKNOWN -> {}
      }
    }

    /** What was collected. */
    public PastLessons lessons() {
      return new PastLessons(taughtUntil, newest);
    }

    private void add(RolloutGroup group) {
      add(group.getMembers(), group.getLastImpression().toEpochMilli());
    }

    private void add(List<GroupMember> members, long until) {
      newest = Math.max(newest, until);
      for (GroupMember member : members) {
        taughtUntil.merge(hash(member.getRolloutId()), until, Math::max);
      }
    }
  }
}
