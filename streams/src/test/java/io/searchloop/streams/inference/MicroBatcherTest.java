package io.searchloop.streams.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.streams.testing.TinyPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MicroBatcherTest {
  private static final List<String> QUERIES =
      List.of("x", "red shoes", "running socks for red shoes", "running");
  private static final float NOISE = 1e-4f;

  private final OnnxPolicy policy = OnnxPolicy.open(7, TinyPolicy.artifact(3), 1);
  private final OnnxPolicy next = OnnxPolicy.open(8, TinyPolicy.artifact(4), 1);
  private final RewriteSampler alone = new RewriteSampler(new SamplerSettings(3, .9));
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    policy.close();
    next.close();
  }

  @Test
  void answersDoNotDependOnTheirCompany() throws Exception {
    for (BatchSettings batches :
        List.of(
            new BatchSettings(24, 1, Duration.ZERO),
            new BatchSettings(7, 2, Duration.ZERO),
            new BatchSettings(1, 2, Duration.ZERO),
            new BatchSettings(9, 1, Duration.ofMillis(2)))) {
      RewriteSampler together = new RewriteSampler(new SamplerSettings(3, .9), batches);
      List<Future<?>> requests = new ArrayList<>();
      CyclicBarrier start = new CyclicBarrier(16);
      for (int thread = 0; thread < 16; thread++) {
        int first = 100 * thread;
        requests.add(
            threads.submit(
                () -> {
                  start.await();
                  for (int seed = first; seed < first + 25; seed++) {
                    OnnxPolicy mine = seed % 5 == 0 ? next : policy;
                    requireSame(sample(alone, mine, seed), sample(together, mine, seed));
                  }
                  return null;
                }));
      }
      for (Future<?> request : requests) {
        request.get();
      }
    }
  }

  @Test
  void requestsThatWaitJoinAtATokenBoundary() throws Exception {
    RewriteSampler together =
        new RewriteSampler(new SamplerSettings(3, .9), new BatchSettings(24, 1, Duration.ZERO));
    Pause pause = new Pause();
    Future<Optional<List<Rollout>>> leader = request(together, 1, pause);
    pause.reached.await();
    List<Future<Optional<List<Rollout>>>> joining = new ArrayList<>();
    for (int seed = 2; seed < 8; seed++) {
      joining.add(request(together, seed, Deadline.NONE));
    }
    pause.resume.countDown();

    assertThat(leader.get()).isPresent();
    for (int i = 0; i < joining.size(); i++) {
      requireSame(sample(alone, policy, i + 2), joining.get(i).get().orElseThrow());
    }
  }

  @Test
  void aLateRequestLeavesAndTheOthersGoOn() throws Exception {
    RewriteSampler together =
        new RewriteSampler(new SamplerSettings(3, .9), new BatchSettings(24, 1, Duration.ZERO));
    AtomicBoolean late = new AtomicBoolean();
    Pause pause = new Pause();
    Future<Optional<List<Rollout>>> leader = request(together, 1, pause);
    pause.reached.await();
    Future<Optional<List<Rollout>>> impatient = request(together, 2, late::get);
    Future<Optional<List<Rollout>>> patient = request(together, 3, Deadline.NONE);
    late.set(true);
    pause.resume.countDown();

    assertThat(impatient.get()).isEmpty();
    requireSame(sample(alone, policy, 1), leader.get().orElseThrow());
    requireSame(sample(alone, policy, 3), patient.get().orElseThrow());
  }

  @Test
  void aFailedSessionFailsItsBatchAndNobodyAfter() throws Exception {
    RewriteSampler together =
        new RewriteSampler(new SamplerSettings(3, .9), new BatchSettings(24, 1, Duration.ZERO));
    int[] unknownToken = {1_000_000};

    assertThatThrownBy(
            () -> together.sample(policy, unknownToken, new SplittableRandom(1), Deadline.NONE))
        .isInstanceOf(PolicySessionException.class)
        .hasMessageContaining("Policy 7 failed on prompts of 1 x 1 tokens");
    requireSame(sample(alone, policy, 5), sample(together, policy, 5));
  }

  @Test
  void numbersThatAreNoneEndOneRequestAndAreForgotten() {
    RewriteSampler together =
        new RewriteSampler(new SamplerSettings(3, .9), new BatchSettings(24, 1, Duration.ZERO));
    try (OnnxPolicy broken = OnnxPolicy.open(9, TinyPolicy.withoutFiniteLogits(), 1)) {
      assertThatThrownBy(() -> sample(together, broken, 1)).isInstanceOf(ArithmeticException.class);
    }
    requireSame(sample(alone, policy, 5), sample(together, policy, 5));
  }

  @Test
  void aRequestLargerThanABatchGoesAlone() {
    RewriteSampler together =
        new RewriteSampler(new SamplerSettings(5, .9), new BatchSettings(2, 1, Duration.ZERO));

    assertThat(sample(together, policy, 1)).hasSize(5);
  }

  private Future<Optional<List<Rollout>>> request(
      RewriteSampler sampler, int seed, Deadline deadline) {
    CountDownLatch asked = new CountDownLatch(1);
    Deadline noticed =
        () -> {
          asked.countDown(); // the first question is asked before the request queues
          return deadline.passed();
        };
    Future<Optional<List<Rollout>>> answer =
        threads.submit(
            () ->
                sampler.sample(policy, prompt(policy, seed), new SplittableRandom(seed), noticed));
    try {
      asked.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while a request began", e);
    }
    return answer;
  }

  private static List<Rollout> sample(RewriteSampler sampler, OnnxPolicy policy, int seed) {
    return sampler
        .sample(policy, prompt(policy, seed), new SplittableRandom(seed), Deadline.NONE)
        .orElseThrow();
  }

  private static int[] prompt(OnnxPolicy policy, int seed) {
    return policy.format().prompt(QueryContext.of(QUERIES.get(seed % QUERIES.size())));
  }

  private static void requireSame(List<Rollout> expected, List<Rollout> found) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).tokens()).containsExactly(expected.get(i).tokens());
      assertThat(found.get(i).logProbs())
          .containsExactly(expected.get(i).logProbs(), within(NOISE));
    }
  }

  /** Holds a leader back at its second token boundary. */
  private static final class Pause implements Deadline {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch resume = new CountDownLatch(1);
    private int asked;

    @Override
    public boolean passed() {
      if (++asked == 3) {
        reached.countDown();
        CompletableFuture.runAsync(this::awaitResume).join();
      }
      return false;
    }

    private void awaitResume() {
      try {
        resume.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
