package io.searchloop.trainer.publish;

import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.sampling.Answer;
import java.util.List;

/**
 * Arithmetic on the answers to probe queries. Arrays of log-probabilities are (answer, token), in
 * nats.
 */
final class ProbeFigures {
  private ProbeFigures() {}

  /** Share of answers that are a rewrite. */
  static double validity(RewriteFormat format, List<Answer> answers) {
    long valid =
        answers.stream().filter(answer -> format.rewrite(answer.tokens()).isPresent()).count();
    return valid / (double) answers.size();
  }

  /**
   * Characters of rewrites per character of queries: a keyword dump is long whatever its tokens.
   */
  static double lengthRatio(RewriteFormat format, List<String> queries, List<Answer> answers) {
    double query = queries.stream().mapToInt(String::length).sum();
    double rewrite =
        answers.stream()
            .mapToInt(answer -> format.rewrite(answer.tokens()).map(String::length).orElse(0))
            .sum();
    return rewrite / Math.max(1, query);
  }

  /** Largest difference of a token between the worker's sampler and the trainer. */
  static double gap(List<Answer> sampled, double[][] current) {
    double largest = 0;
    for (int i = 0; i < current.length; i++) {
      for (int t = 0; t < current[i].length; t++) {
        double difference = Math.abs(current[i][t] - sampled.get(i).logProbs()[t]);
        // NaN compares false with everything; keep it once seen.
        largest = difference <= largest || Double.isNaN(largest) ? largest : difference;
      }
    }
    return largest;
  }

  /**
   * Mean of k3 = e^x - x - 1, x = l_ref - l_theta: KL(theta || ref) per token, as theta sampled.
   */
  static double kl(double[][] current, double[][] anchor) {
    double sum = 0;
    int tokens = 0;
    for (int i = 0; i < current.length; i++) {
      for (int t = 0; t < current[i].length; t++, tokens++) {
        double x = anchor[i][t] - current[i][t];
        sum += Math.exp(x) - x - 1;
      }
    }
    return sum / tokens;
  }

  /** Mean of -l over sampled tokens, which estimates the entropy of a token without bias. */
  static double entropy(List<Answer> sampled) {
    double sum = 0;
    int tokens = 0;
    for (Answer answer : sampled) {
      for (float logProb : answer.logProbs()) {
        sum -= logProb;
        tokens++;
      }
    }
    return sum / tokens;
  }
}
