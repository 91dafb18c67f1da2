package io.searchloop.streams.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.testing.TinyPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicySlotTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final int KINDS = 3;
  private static final int SWAPS = 1_000;
  private static final int THREADS = 4;

  private final RecordingListener listener = new RecordingListener();
  private final PolicySlot slot = new PolicySlot("active", CLOCK, listener);
  private final List<PolicyArtifact> artifacts =
      IntStream.range(0, KINDS).mapToObj(TinyPolicy::artifact).toList();
  private final RewriteSampler sampler = new RewriteSampler(new SamplerSettings(2, 1));

  @Test
  void isEmptyUntilActivated() {
    assertThat(slot.acquire()).isEmpty();
    assertThat(slot.filled()).isNotDone();

    activate(0);

    assertThat(slot.acquire()).hasValueSatisfying(PolicyLease::close);
    assertThat(slot.filled()).isDone();
    slot.close();
    assertThat(slot.acquire()).isEmpty();
  }

  @Test
  void keepsAReplacedSessionOpenUntilItsLastLeaseIsClosed() {
    activate(0);
    PolicyLease lease = slot.acquire().orElseThrow();
    activate(1);

    assertThat(slot.states())
        .extracting(state -> state.getClass().getSimpleName())
        .containsExactly("Active", "Draining");
    assertThat(rollouts(lease, 1)).hasSize(2);
    assertThat(listener.retired).isEmpty();

    lease.close();

    assertThat(listener.retired).extracting(PolicyIdentity::version).containsExactly(0L);
    assertThat(slot.states()).hasSize(1);
    assertThatThrownBy(lease::policy).isInstanceOf(IllegalStateException.class);
    slot.close();
  }

  @Test
  void everyRolloutIsOfTheSessionItsLeaseNamesDuringAThousandSwaps() throws Exception {
    activate(0);
    AtomicBoolean swapping = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<List<Observed>>> futures = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      futures.add(threads.submit(observer(i, swapping)));
    }
    for (int version = 1; version <= SWAPS; version++) {
      activate(version);
    }
    swapping.set(false);
    List<Observed> observed = new ArrayList<>();
    for (Future<List<Observed>> future : futures) {
      observed.addAll(future.get());
    }
    threads.shutdown();
    slot.close();

    assertThat(listener.retired).hasSize(SWAPS + 1).doesNotHaveDuplicates();
    assertThat(slot.leases()).isZero();
    assertThat(observed.stream().map(Observed::version).distinct().count()).isGreaterThan(10);
    assertScoredByTheirOwnVersion(observed);
  }

  private Callable<List<Observed>> observer(int seed, AtomicBoolean swapping) {
    return () -> {
      List<Observed> observed = new ArrayList<>();
      for (int i = 0; swapping.get(); i++) {
        try (PolicyLease lease = slot.acquire().orElseThrow()) {
          long version = lease.identity().version();
          rollouts(lease, seed * 1_000_003L + i)
              .forEach(rollout -> observed.add(new Observed(version, rollout)));
        }
      }
      return observed;
    };
  }

  private void assertScoredByTheirOwnVersion(List<Observed> observed) {
    List<OnnxPolicy> judges =
        artifacts.stream().map(artifact -> OnnxPolicy.open(-1, artifact, 1)).toList();
    for (Observed one : observed) {
      OnnxPolicy judge = judges.get((int) (one.version() % KINDS));
      float[] scores = sampler.score(judge, prompt(judge), one.rollout().tokens());
      assertThat(one.rollout().logProbs()).containsExactly(scores, within(1e-3f));
    }
    judges.forEach(OnnxPolicy::close);
  }

  private List<Rollout> rollouts(PolicyLease lease, long seed) {
    return sampler
        .sample(lease.policy(), prompt(lease.policy()), new SplittableRandom(seed), Deadline.NONE)
        .orElseThrow();
  }

  private static int[] prompt(OnnxPolicy policy) {
    return policy.format().prompt(QueryContext.of("red shoes"));
  }

  private void activate(int version) {
    PolicyIdentity identity = new PolicyIdentity(version, "release-" + version, version, -1);
    OnnxPolicy policy = OnnxPolicy.open(version, artifacts.get(version % KINDS), 1);
    slot.activate(new PolicyState.Loading(identity).verified(), new LoadedPolicy(identity, policy));
  }

  private record Observed(long version, Rollout rollout) {}
}
