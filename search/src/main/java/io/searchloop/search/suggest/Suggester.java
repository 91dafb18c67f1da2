package io.searchloop.search.suggest;

import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Vocabulary;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.search.suggest.Suggestion.Scope;
import io.searchloop.search.suggest.Suggestion.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.search.suggest.Lookup.LookupResult;
import org.apache.lucene.search.suggest.analyzing.AnalyzingInfixSuggester;
import org.apache.lucene.search.suggest.analyzing.BlendedInfixSuggester;
import org.apache.lucene.search.suggest.analyzing.BlendedInfixSuggester.BlenderType;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.IOUtils;

/**
 * Completes a text over one catalogue epoch. Every typed word must be in the suggestion, the last
 * taken as unfinished. What shoppers asked comes first, by popularity and outcome ({@link
 * PastQuery#score}) divided by the place, from one, at which the text stands in it: what begins
 * with "dri" before what has it later, unless that is twice as good. What the catalogue calls
 * things fills up, by how many products it names. A past query is offered while the catalogue has
 * all its words, whatever it once earned: nobody is taught another's typing mistakes, nor sent
 * after what is no longer sold.
 *
 * <p>Where nothing completes the text, its correction by the spelling checker of searches, if they
 * have one, is completed.
 *
 * <p>Any thread, until closed.
 */
public final class Suggester implements AutoCloseable {
  /** Suggestions with scopes: each costs a search the first time. */
  private static final int SCOPED = 3;

  /** Best-scored texts that are ranked by place, for each suggestion that is asked for. */
  private static final int RANKED = 20;

  /** Lucene's factor of the same kind: more would cut off what was asked behind other texts. */
  private static final int ALL_THAT_ARE_FOUND = 1;

  private final AnalyzingInfixSuggester index;
  private final SuggestionTexts texts;
  private final List<String> ranked;
  private final RewriteArm spelling;
  private final Scopes scopes;

  private Suggester(
      AnalyzingInfixSuggester index, SuggestionTexts texts, RewriteArm spelling, Scopes scopes) {
    this.index = index;
    this.texts = texts;
    this.ranked = texts.ranked();
    this.spelling = spelling;
    this.scopes = scopes;
  }

  /**
   * Indexes suggestions on the calling thread.
   *
   * @param engine of the epoch; must stay open as long as this
   * @param search how queries are searched
   * @param past what shoppers asked before; may be empty
   */
  public static Suggester over(
      LuceneSearchEngine engine, ServedSearch search, List<PastQuery> past) {
    Vocabulary vocabulary = engine.vocabulary();
    SuggestionTexts texts = new SuggestionTexts();
    CataloguePhrases.of(engine.products(), vocabulary).forEach(texts::catalogue);
    for (PastQuery query : past) {
      if (vocabulary.words(query.text()).stream()
          .allMatch(word -> vocabulary.contains(word.text()))) {
        texts.asked(query);
      }
    }
    return new Suggester(
        index(texts), texts, search.fused().spelling(), new Scopes(engine, search));
  }

  /**
   * Suggestions for what is typed so far, best first; the first {@value #SCOPED} with scopes.
   *
   * @param typed the text; blank asks for the best of all
   * @param limit most suggestions, at least one
   */
  public List<Suggestion> suggest(String typed, int limit) {
    List<String> found = completions(typed, limit);
    if (found.isEmpty()) {
      String corrected = spelling.rewrite(typed);
      found = corrected.equals(typed) ? found : completions(corrected, limit);
    }
    List<Suggestion> suggestions = new ArrayList<>();
    for (String text : found) {
      List<Scope> where = suggestions.size() < SCOPED ? scopes.of(text) : List.of();
      Source source = texts.asked(text) ? Source.QUERY : Source.CATALOGUE;
      suggestions.add(new Suggestion(text, source, where));
    }
    return suggestions;
  }

  /** How many texts it can offer. */
  public int size() {
    return texts.size();
  }

  @Override
  public void close() {
    try {
      index.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Suggestions could not be closed", e);
    }
  }

  /** An index of all texts; none is left open when they cannot be indexed. */
  private static AnalyzingInfixSuggester index(SuggestionTexts texts) {
    try {
      Analyzer analyzer = new StandardAnalyzer();
      AnalyzingInfixSuggester index =
          new BlendedInfixSuggester(
              new ByteBuffersDirectory(),
              analyzer,
              analyzer,
              AnalyzingInfixSuggester.DEFAULT_MIN_PREFIX_CHARS,
              BlenderType.POSITION_RECIPROCAL,
              ALL_THAT_ARE_FOUND,
              false);
      try {
        index.build(texts.entries());
        return index;
      } catch (IOException | RuntimeException e) {
        IOUtils.closeWhileHandlingException(index);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Suggestions could not be indexed in memory", e);
    }
  }

  /** Texts as Lucene ranks them by score and place, those that were asked before the others. */
  private List<String> completions(String typed, int limit) {
    if (typed.isBlank()) {
      return ranked.stream().limit(limit).toList();
    }
    try {
      return index.lookup(typed, RANKED * limit, true, false).stream()
          .map((LookupResult result) -> result.key.toString())
          .sorted(Comparator.comparing(text -> !texts.asked(text)))
          .limit(limit)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Suggestions could not be read", e);
    }
  }
}
