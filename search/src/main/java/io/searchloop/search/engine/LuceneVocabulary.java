package io.searchloop.search.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.spell.DirectSpellChecker;
import org.apache.lucene.search.spell.SuggestMode;

/** The words field of an index as a {@link Vocabulary}. */
final class LuceneVocabulary implements Vocabulary {
  /** Longer ones are no slips, and the automaton of one may be more than Lucene builds. */
  private static final int LONGEST_WORD = 64;

  private final IndexReader reader;
  private final CatalogueText text;

  /** Keeps no state between calls. */
  private final DirectSpellChecker checker = new DirectSpellChecker();

  LuceneVocabulary(IndexReader reader, CatalogueText text) {
    this.checker.setMaxQueryLength(LONGEST_WORD);
    this.reader = reader;
    this.text = text;
  }

  @Override
  public List<Word> words(String query) {
    return text.words(query);
  }

  @Override
  public boolean contains(String word) {
    try {
      return reader.docFreq(new Term(CatalogueText.WORDS, word)) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException("Words of the catalogue could not be read", e);
    }
  }

  @Override
  public Optional<String> closest(String word) {
    try {
      var suggestions =
          checker.suggestSimilar(
              new Term(CatalogueText.WORDS, word),
              1,
              reader,
              SuggestMode.SUGGEST_WHEN_NOT_IN_INDEX);
      return Arrays.stream(suggestions).findFirst().map(suggestion -> suggestion.string);
    } catch (IOException e) {
      throw new UncheckedIOException("Words of the catalogue could not be read", e);
    }
  }
}
