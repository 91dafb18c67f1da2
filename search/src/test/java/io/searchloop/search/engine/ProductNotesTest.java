package io.searchloop.search.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProductNotesTest {
  private static final Product PAINT =
      new Product("1", "premium paint", "a long text", "", "behr", Map.of("use", "interior"));
  private static final Product BRUSH = new Product("2", "brush for paint", "", "", "", Map.of());

  @Test
  void aNoteLeavesOutWhatIsEmptyAndTheDescription() {
    assertThat(ProductNotes.of(PAINT)).isEqualTo("behr interior premium paint");
  }

  @Test
  void notesFollowTheRanking() {
    try (LuceneSearchEngine engine =
        LuceneSearchEngine.index(List.of(BRUSH, PAINT), 1, Bm25.DEFAULT)) {
      List<String> both = ProductNotes.top(engine, "interior paint", 5);

      assertThat(both).containsExactly("behr interior premium paint", "brush for paint");
      assertThat(ProductNotes.top(engine, "interior paint", 1)).isEqualTo(both.subList(0, 1));
      assertThat(ProductNotes.top(engine, "interior paint", 0)).isEmpty();
      assertThat(ProductNotes.top(engine, "sofa", 5)).isEmpty();
    }
  }
}
