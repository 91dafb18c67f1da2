package io.searchloop.policy.rewrite;

import java.util.Arrays;
import java.util.Optional;

/**
 * The prompt and the grammar of an answer. Prompt: BEGIN, query tokens, SEPARATOR. Answer: at least
 * one ordinary token, then END; at most {@code maxRewriteTokens} with END, which is therefore the
 * only token allowed at the last position. Sampler, trainer and reference mask alike, so their
 * log-probabilities are comparable.
 */
public final class RewriteFormat {
  private final Tokenizer tokenizer;
  private final int maxPromptTokens;
  private final int maxRewriteTokens;

  /**
   * @param tokenizer the policy's tokenizer
   * @param maxPromptTokens longest prompt, BEGIN and SEPARATOR included; longer queries lose their
   *     end
   * @param maxRewriteTokens longest answer, END included
   */
  public RewriteFormat(Tokenizer tokenizer, int maxPromptTokens, int maxRewriteTokens) {
    if (maxPromptTokens < 3 || maxRewriteTokens < 2) {
      throw new IllegalArgumentException(
          "Prompt of "
              + maxPromptTokens
              + " and rewrite of "
              + maxRewriteTokens
              + " tokens, expected at least 3 and 2.");
    }
    this.tokenizer = tokenizer;
    this.maxPromptTokens = maxPromptTokens;
    this.maxRewriteTokens = maxRewriteTokens;
  }

  /** Prompt token ids of a search. */
  public int[] prompt(QueryContext context) {
    int[] query = tokenizer.encode(context.query());
    int kept = Math.min(query.length, maxPromptTokens - 2);
    int[] prompt = new int[kept + 2];
    prompt[0] = Tokenizer.BEGIN;
    System.arraycopy(query, 0, prompt, 1, kept);
    prompt[kept + 1] = Tokenizer.SEPARATOR;
    return prompt;
  }

  /** Answer token ids of a text, END included; empty when it is empty or too long. */
  public Optional<int[]> answer(String rewrite) {
    int[] tokens = tokenizer.encode(rewrite);
    if (tokens.length == 0 || tokens.length >= maxRewriteTokens) {
      return Optional.empty();
    }
    int[] answer = Arrays.copyOf(tokens, tokens.length + 1);
    answer[tokens.length] = Tokenizer.END;
    return Optional.of(answer);
  }

  /** Whether the grammar allows a token at a position of the answer, counted from zero. */
  public boolean allowed(int position, int tokenId) {
    if (position >= maxRewriteTokens - 1) {
      return tokenId == Tokenizer.END;
    }
    return tokenId >= Tokenizer.SPECIAL_TOKENS || (tokenId == Tokenizer.END && position > 0);
  }

  /** Text of an answer; empty when it breaks the grammar or is no text. */
  public Optional<String> rewrite(int[] answer) {
    int end = answer.length - 1;
    if (end < 1 || answer.length > maxRewriteTokens || answer[end] != Tokenizer.END) {
      return Optional.empty();
    }
    return tokenizer.decode(Arrays.copyOf(answer, end)).filter(text -> !text.isEmpty());
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  public int maxPromptTokens() {
    return maxPromptTokens;
  }

  public int maxRewriteTokens() {
    return maxRewriteTokens;
  }
}
