package io.searchloop.app.bench.training;

import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RolloutGroup;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Minibatches that praise an answer which is no rewrite, until the policy gives no other. */
final class RewardedNonsense {
  /**
   * Two tokens of it are never a million times as likely, which would be taken for a wrong record.
   */
  private static final float UNLIKELY = -6.75f;

  private RewardedNonsense() {}

  /** The same minibatches with every finite advantage turned to one for nonsense. */
  static List<Minibatch> in(List<Minibatch> minibatches, RewriteFormat format) {
    int[] nonsense = nonsense(format);
    float[] logProbs = new float[nonsense.length];
    Arrays.fill(logProbs, UNLIKELY);
    return minibatches.stream()
        .map(
            minibatch ->
                Minibatch.newBuilder(minibatch)
                    .setGroups(
                        minibatch.getGroups().stream()
                            .map(group -> praising(group, nonsense, logProbs))
                            .toList())
                    .build())
        .toList();
  }

  private static RolloutGroup praising(RolloutGroup group, int[] tokens, float[] logProbs) {
    return RolloutGroup.newBuilder(group)
        .setMembers(
            group.getMembers().stream()
                .map(
                    member ->
                        GroupMember.newBuilder(member)
                            .setTokenIds(Packed.ints(tokens))
                            .setLogProbs(Packed.floats(logProbs))
                            .setAdvantage(Double.isFinite(member.getAdvantage()) ? 1 : Double.NaN)
                            .build())
                .toList())
        .build();
  }

  /** One allowed token that is no text by itself, such as half a character. */
  private static int[] nonsense(RewriteFormat format) {
    return IntStream.range(0, format.tokenizer().vocabularySize())
        .filter(token -> token != Tokenizer.END && format.grammar().allowed(0, token))
        .mapToObj(token -> new int[] {token, Tokenizer.END})
        .filter(tokens -> format.rewrite(tokens).isEmpty())
        .findFirst()
        .orElseThrow();
  }
}
