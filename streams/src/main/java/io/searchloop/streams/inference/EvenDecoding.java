package io.searchloop.streams.inference;

import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.policy.sampling.TokenDistribution;
import io.searchloop.streams.inference.DecodeRequest.Row;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decodes with graphs of the even form, of releases that are still in the log: one request at a
 * time on the thread that asks, ended answers riding along until the last has ended.
 *
 * <p>Safe for any thread; each keeps its own buffers, which outlive policies.
 */
final class EvenDecoding {
  private final ThreadLocal<DecodeBuffers> buffers = ThreadLocal.withInitial(DecodeBuffers::new);

  /** Decodes a request; empty when the deadline passed before the last answer ended. */
  Optional<List<Rollout>> decode(DecodeRequest request) {
    if (request.late()) {
      return Optional.empty();
    }
    OnnxPolicy policy = request.policy();
    RewriteFormat format = policy.format();
    List<Row> rows = request.rows();
    TokenDistribution tokens = new TokenDistribution(policy.spec().vocabularySize());
    CachedDecoding decoding =
        new CachedDecoding(policy, buffers.get(), request.prompt(), rows.size());
    int[] next = new int[rows.size()];
    while (true) {
      Arrays.fill(next, Tokenizer.PAD); // an ended answer rides along, unread
      for (int row = 0; row < next.length; row++) {
        Answer answer = rows.get(row).answer();
        if (!answer.ended()) {
          int offset = row * tokens.vocabulary();
          next[row] =
              request.draw().append(answer, format.grammar(), decoding.logits(), offset, tokens);
        }
      }
      if (rows.stream().allMatch(row -> row.answer().ended())) { // at its length cap at the latest
        return Optional.of(rows.stream().map(row -> row.answer().rollout(format)).toList());
      }
      if (request.late()) {
        return Optional.empty();
      }
      decoding.advance(next);
    }
  }

  /** Logits of the tokens of a sequence from {@code first} on, (tokens, vocabulary). */
  float[] logits(OnnxPolicy policy, int[] sequence, int first) {
    int vocabulary = policy.spec().vocabularySize();
    DecodeBuffers own = buffers.get();
    int length = sequence.length;
    policy.run(own, Tokens.fill(own.tokens(length), sequence), 1, length, 0);
    FloatBuffer all = own.logits(length * vocabulary);
    float[] wanted = new float[(length - first) * vocabulary];
    all.get(first * vocabulary, wanted);
    return wanted;
  }
}
