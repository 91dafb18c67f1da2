package io.searchloop.streams.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.streams.testing.TinyPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RewriteSamplerTest {
  private final OnnxPolicy policy = OnnxPolicy.open(7, TinyPolicy.artifact(3), 1);
  private final RewriteSampler sampler = new RewriteSampler(new SamplerSettings(4, .9));

  @AfterEach
  void close() {
    policy.close();
  }

  @Test
  void loggedLogProbabilitiesAgreeWithAFullPass() {
    for (String query : List.of("x", "red shoes", "running socks for red shoes")) {
      int[] prompt = prompt(query);
      for (Rollout rollout : sample(prompt, 11)) {
        assertThat(rollout.logProbs())
            .containsExactly(sampler.score(policy, prompt, rollout.tokens()), within(1e-4f));
      }
    }
  }

  @Test
  void drawsTokensAsOftenAsTheirLogProbabilitiesSay() {
    int[] prompt = prompt("red shoes");
    SplittableRandom random = new SplittableRandom(5);
    int draws = 6_000;
    Map<Integer, Integer> counts = new HashMap<>();
    Map<Integer, Double> probabilities = new HashMap<>();
    for (int i = 0; i < draws / 4; i++) {
      for (Rollout rollout : sampler.sample(policy, prompt, random, Deadline.NONE).orElseThrow()) {
        int first = rollout.tokens()[0];
        counts.merge(first, 1, Integer::sum);
        probabilities.put(first, Math.exp(rollout.logProbs()[0]));
      }
    }
    probabilities.forEach(
        (token, p) -> {
          double fourSigma = 4 * Math.sqrt(p * (1 - p) / draws) + 1.0 / draws;
          assertThat((double) counts.get(token) / draws).isCloseTo(p, within(fourSigma));
        });
    assertThat(probabilities.values().stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(.02));
  }

  @Test
  void drawsTheConfiguredNumberOfCandidatesEachEndingWithinTheFormat() {
    int[] prompt = prompt("red shoes");
    List<Rollout> batch = sample(prompt, 21);

    assertThat(batch).hasSize(4);
    assertThat(batch.stream().map(Rollout::rewrite).distinct().count()).isGreaterThan(1);
    for (Rollout rollout : batch) {
      int last = rollout.tokens().length - 1;
      assertThat(rollout.tokens()[last]).isEqualTo(Tokenizer.END);
      assertThat(rollout.tokens().length).isLessThanOrEqualTo(policy.spec().maxRewriteTokens());
    }
  }

  @Test
  void equalSeedsDrawEqualRollouts() {
    int[] prompt = prompt("running socks");

    assertThat(sample(prompt, 9)).isEqualTo(sample(prompt, 9)).isNotEqualTo(sample(prompt, 10));
  }

  @Test
  void greedyTakesTheMostProbableTokenEverywhere() {
    int[] prompt = prompt("red shoes");
    Rollout greedy = sampler.greedy(policy, prompt);

    float[] scores = sampler.score(policy, prompt, greedy.tokens());
    assertThat(greedy.logProbs()).containsExactly(scores, within(1e-4f));
    for (int seed = 0; seed < 20; seed++) {
      for (Rollout drawn : sample(prompt, seed)) {
        assertThat(drawn.logProbs()[0]).isLessThanOrEqualTo(greedy.logProbs()[0] + 1e-4f);
      }
    }
  }

  @Test
  void givesUpWhenTheDeadlinePassesBetweenSteps() {
    AtomicInteger asked = new AtomicInteger();
    Deadline thirdStep = () -> asked.incrementAndGet() > 2;

    assertThat(sampler.sample(policy, prompt("red"), new SplittableRandom(2), thirdStep)).isEmpty();
    assertThat(asked).hasValue(3);
  }

  private int[] prompt(String query) {
    return policy.format().prompt(QueryContext.of(query));
  }

  private List<Rollout> sample(int[] prompt, long seed) {
    return sampler.sample(policy, prompt, new SplittableRandom(seed), Deadline.NONE).orElseThrow();
  }
}
