package io.searchloop.policy.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTest {
  private final Tokenizer tokenizer = BytePairTrainer.train(List.of("red shoes", "blue"), 300);
  private final QueryContext full =
      new QueryContext(
          "red shoes",
          "en-GB",
          List.of("colour=red"),
          List.of("boots", "shoes"),
          List.of("acme blue shoes", "bolt red boots"));

  @Test
  void plainPromptsAreTheQueryWhateverTheContextHolds() {
    int[] query = tokenizer.encode("red shoes");
    int[] expected = new int[query.length + 2];
    expected[0] = Tokenizer.BEGIN;
    System.arraycopy(query, 0, expected, 1, query.length);
    expected[query.length + 1] = Tokenizer.SEPARATOR;

    assertThat(prompt(RewriteOptions.PLAIN, 64, full)).isEqualTo(expected);
    assertThat(prompt(RewriteOptions.PLAIN, 64, QueryContext.of("red shoes"))).isEqualTo(expected);
  }

  @Test
  void sectionsStandInTheirOrder() {
    RewriteOptions options = new RewriteOptions(true, true, 2, 2, 1, Decoding.POSITIONS);

    assertThat(sections(prompt(options, 200, full)))
        .containsExactly(
            "red shoes",
            "en-gb",
            "colour=red",
            "boots ; shoes",
            "acme blue shoes ; bolt red boots");
  }

  @Test
  void anEmptySectionKeepsItsPlace() {
    RewriteOptions options = new RewriteOptions(true, false, 0, 3, 1, Decoding.POSITIONS);

    assertThat(sections(prompt(options, 64, QueryContext.of("red"))))
        .containsExactly("red", "", "");
  }

  @Test
  void onlyTheFirstProductsAndTheNewestQueriesAreShown() {
    RewriteOptions options = new RewriteOptions(false, false, 1, 1, 1, Decoding.POSITIONS);

    assertThat(sections(prompt(options, 200, full)))
        .containsExactly("red shoes", "shoes", "acme blue shoes");
  }

  @Test
  void aContextIsSeenAsFarAsTheOptionsGo() {
    assertThat(full.seenUnder(RewriteOptions.PLAIN))
        .isEqualTo(new QueryContext("red shoes", "en-GB"));
    assertThat(full.seenUnder(new RewriteOptions(false, true, 1, 1, 1, Decoding.POSITIONS)))
        .isEqualTo(full);
  }

  @Test
  void productsShareTheRoomThatIsLeft() {
    int query = tokenizer.encode("red shoes").length;
    int parting = tokenizer.encode(";").length;
    int longest = query + 3 + 10 + parting;

    int[] prompt = prompt(RewriteOptions.products(2), longest, full);

    assertThat(prompt).hasSize(longest);
    assertThat(sections(prompt).get(1)).contains("acme").contains("; b");
  }

  @Test
  void theQueryComesFirstWhenRoomIsShort() {
    int query = tokenizer.encode("red shoes").length;

    assertThat(sections(prompt(RewriteOptions.products(2), query + 3, full)))
        .containsExactly("red shoes", "");
  }

  @Test
  void refusesAPromptTooShortForItsSections() {
    assertThatThrownBy(() -> new RewriteFormat(tokenizer, 3, 8, RewriteOptions.products(1)))
        .hasMessageContaining("at least 4");
  }

  private int[] prompt(RewriteOptions options, int longest, QueryContext context) {
    return new RewriteFormat(tokenizer, longest, 8, options).prompt(context);
  }

  /** Text between BEGIN and the separators. */
  private List<String> sections(int[] prompt) {
    assertThat(prompt[0]).isEqualTo(Tokenizer.BEGIN);
    assertThat(prompt[prompt.length - 1]).isEqualTo(Tokenizer.SEPARATOR);
    List<String> sections = new ArrayList<>();
    int from = 1;
    for (int i = 1; i < prompt.length; i++) {
      if (prompt[i] == Tokenizer.SEPARATOR) {
        sections.add(tokenizer.decode(Arrays.copyOfRange(prompt, from, i)).orElseThrow());
        from = i + 1;
      }
    }
    return sections;
  }
}
