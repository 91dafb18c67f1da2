package io.searchloop.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.search.engine.Catalogues;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RememberedWordsTest {
  private final LuceneSearchEngine engine = Catalogues.ofTitles("leather sofa");
  private final List<String> asked = new ArrayList<>();
  private final Vocabulary words = new RememberedWords(new Recording(engine.vocabulary(), asked));

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void looksOnceForTheNeighbourOfAMistake() {
    for (int i = 0; i < 3; i++) {
      assertThat(words.closest("lether")).contains("leather");
      assertThat(words.closest("xylophone")).isEmpty();
      assertThat(words.closest("sofa")).as("known, so nobody looks").isEmpty();
    }

    assertThat(asked).containsExactly("lether", "xylophone");
  }

  @Test
  void forgetsTheWordsAskedLongestAgo() {
    assertThat(words.closest("lether")).contains("leather");
    for (int i = 0; i < 10_000; i++) {
      assertThat(words.closest("zzzz" + i)).isEmpty();
    }

    assertThat(words.closest("lether")).contains("leather");
    assertThat(asked).hasSize(10_002).endsWith("zzzz9999", "lether");
  }

  /** Notes for which words a neighbour is looked for. */
  private record Recording(Vocabulary vocabulary, List<String> asked) implements Vocabulary {
    @Override
    public List<Word> words(String text) {
      return vocabulary.words(text);
    }

    @Override
    public boolean contains(String word) {
      return vocabulary.contains(word);
    }

    @Override
    public Optional<String> closest(String word) {
      asked.add(word);
      return vocabulary.closest(word);
    }
  }
}
