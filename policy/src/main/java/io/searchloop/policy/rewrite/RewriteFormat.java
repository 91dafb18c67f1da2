package io.searchloop.policy.rewrite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The prompt and the grammar of an answer. An answer is one rewrite or, where the options say so, a
 * set of them parted by SEPARATOR; END closes it within {@code maxRewriteTokens}. {@link #grammar}
 * is what the sampler enforces, {@link #rewrites} what decides validity: sampler, trainer and
 * reference mask alike, so their log-probabilities are comparable. Immutable.
 */
public final class RewriteFormat {
  private final Tokenizer tokenizer;
  private final int maxPromptTokens;
  private final int maxRewriteTokens;
  private final RewriteOptions options;
  private final PromptBuilder prompts;
  private final AnswerGrammar grammar;

  /** The format of {@link RewriteOptions#PLAIN}. */
  public RewriteFormat(Tokenizer tokenizer, int maxPromptTokens, int maxRewriteTokens) {
    this(tokenizer, maxPromptTokens, maxRewriteTokens, RewriteOptions.PLAIN);
  }

  /**
   * @param tokenizer the policy's tokenizer
   * @param maxPromptTokens longest prompt, BEGIN and SEPARATOR included; longer queries lose their
   *     end
   * @param maxRewriteTokens longest answer, END included
   * @param options what the prompt carries and what an answer may be
   */
  public RewriteFormat(
      Tokenizer tokenizer, int maxPromptTokens, int maxRewriteTokens, RewriteOptions options) {
    if (maxPromptTokens < 3 + options.sections() || maxRewriteTokens < 2) {
      throw new IllegalArgumentException(
          "Prompt of "
              + maxPromptTokens
              + " and rewrite of "
              + maxRewriteTokens
              + " tokens, expected at least "
              + (3 + options.sections())
              + " and 2.");
    }
    this.tokenizer = tokenizer;
    this.maxPromptTokens = maxPromptTokens;
    this.maxRewriteTokens = maxRewriteTokens;
    this.options = options;
    this.prompts = new PromptBuilder(tokenizer, options, maxPromptTokens);
    this.grammar =
        switch (options.decoding()) {
          case FREE -> new FreeGrammar(maxRewriteTokens);
          case POSITIONS -> new PositionGrammar(maxRewriteTokens, options.rewrites() > 1);
          case STRICT -> new StrictGrammar(tokenizer, maxRewriteTokens, options.rewrites());
        };
  }

  /** Prompt token ids of a search. */
  public int[] prompt(QueryContext context) {
    return prompts.build(context);
  }

  /** Answer token ids of a text, END included; empty when it is empty, too long or not allowed. */
  public Optional<int[]> answer(String rewrite) {
    return answer(List.of(rewrite));
  }

  /**
   * Answer token ids of a set of rewrites, END included; empty when one of them is empty, or they
   * are none, too many or too long, or when the sampler could not give this answer: the strict
   * grammar takes some marks for blank, and what it forbids nobody may learn.
   */
  public Optional<int[]> answer(List<String> rewrites) {
    int[] answer = new int[maxRewriteTokens];
    int length = 0;
    for (String rewrite : rewrites) {
      int[] tokens = tokenizer.encode(rewrite);
      if (tokens.length == 0 || length + tokens.length >= maxRewriteTokens) {
        return Optional.empty();
      }
      System.arraycopy(tokens, 0, answer, length, tokens.length);
      length += tokens.length;
      answer[length++] = Tokenizer.SEPARATOR;
    }
    if (length == 0 || rewrites.size() > options.rewrites()) {
      return Optional.empty();
    }
    answer[length - 1] = Tokenizer.END;
    return Optional.of(Arrays.copyOf(answer, length)).filter(this::allowed);
  }

  private boolean allowed(int[] answer) {
    int state = AnswerGrammar.START;
    for (int token : answer) {
      if (!grammar.allowed(state, token)) {
        return false;
      }
      state = grammar.next(state, token);
    }
    return true;
  }

  /** What the sampler enforces. */
  public AnswerGrammar grammar() {
    return grammar;
  }

  /**
   * Text of an answer; of a set the words of all its rewrites, which is what a search over their
   * union reads. Empty when it breaks the grammar or is no text.
   */
  public Optional<String> rewrite(int[] answer) {
    return Optional.of(rewrites(answer))
        .filter(rewrites -> !rewrites.isEmpty())
        .map(rewrites -> String.join(" ", rewrites));
  }

  /** Distinct rewrites of an answer in order; none when it breaks the grammar or is no text. */
  public List<String> rewrites(int[] answer) {
    int end = answer.length - 1;
    if (end < 1 || answer.length > maxRewriteTokens || answer[end] != Tokenizer.END) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || answer[i] == Tokenizer.SEPARATOR) {
        Optional<String> text =
            tokenizer.decode(Arrays.copyOfRange(answer, from, i)).filter(t -> !t.isEmpty());
        if (text.isEmpty()) {
          return List.of();
        }
        texts.add(text.get());
        from = i + 1;
      }
    }
    return texts.size() > options.rewrites() ? List.of() : texts.stream().distinct().toList();
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** What the prompt carries and what an answer may be. */
  public RewriteOptions options() {
    return options;
  }

  public int maxPromptTokens() {
    return maxPromptTokens;
  }

  public int maxRewriteTokens() {
    return maxRewriteTokens;
  }
}
