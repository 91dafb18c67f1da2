package io.searchloop.policy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RewriteFormatTest {
  private final Tokenizer tokenizer =
      BytePairTrainer.train(List.of("red shoes", "red socks", "red socks"), 290);
  private final RewriteFormat format = new RewriteFormat(tokenizer, 8, 6);

  @Test
  void wrapsTheQueryInThePrompt() {
    int[] prompt = format.prompt(QueryContext.of("Red  shoes"));

    assertThat(prompt[0]).isEqualTo(Tokenizer.BEGIN);
    assertThat(prompt[prompt.length - 1]).isEqualTo(Tokenizer.SEPARATOR);
  }

  @Test
  void cutsLongQueries() {
    assertThat(format.prompt(QueryContext.of("x".repeat(100)))).hasSize(8);
  }

  @Test
  void readsBackAnAnswer() {
    int[] answer = format.answer("red socks").orElseThrow();

    assertThat(format.rewrite(answer)).contains("red socks");
  }

  @Test
  void allowsEndAfterTheFirstTokenAndNothingElseAtTheLast() {
    assertThat(format.grammar().allowed(0, Tokenizer.END)).isFalse();
    assertThat(format.grammar().allowed(1, Tokenizer.END)).isTrue();
    assertThat(format.grammar().allowed(1, Tokenizer.PAD)).isFalse();
    assertThat(format.grammar().allowed(5, Tokenizer.END)).isTrue();
    assertThat(format.grammar().allowed(5, 100)).isFalse();
  }

  @Test
  void refusesAnswersThatBreakTheGrammar() {
    int[] answer = format.answer("red").orElseThrow();
    int[] withoutEnd = {answer[0]};

    assertThat(format.rewrite(withoutEnd)).isEmpty();
    assertThat(format.rewrite(new int[] {Tokenizer.END})).isEmpty();
    assertThat(format.answer("x".repeat(50))).as("too long").isEmpty();
    assertThat(format.answer("  ")).as("empty").isEmpty();
  }
}
