package io.searchloop.search.engine;

import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Turns what is asked into Lucene's queries. Immutable; any thread. */
final class LuceneQueries {
  private final CatalogueText text;

  LuceneQueries(CatalogueText text) {
    this.text = text;
  }

  Query of(QueryForm form) {
    if (form instanceof SearchQuery query) {
      return anyOf(CatalogueTerms.weights(text, query));
    } else if (form instanceof TermWeights terms) {
      return anyOf(terms.weights());
    }
    return allOf((BooleanForm) form);
  }

  /** What any of the forms matches; for counting, not for ranking. */
  Query union(List<QueryForm> forms) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    forms.forEach(form -> any.add(of(form), Occur.SHOULD));
    return any.build();
  }

  /** Terms beyond Lucene's clause limit (1,024) are left out; typed terms come first. */
  private static Query anyOf(Map<String, Double> weights) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    weights.entrySet().stream()
        .limit(IndexSearcher.getMaxClauseCount())
        .forEach(entry -> any.add(clause(entry.getKey(), entry.getValue())));
    return any.build();
  }

  private static BooleanClause clause(String term, double weight) {
    return new BooleanClause(new BoostQuery(term(term), (float) weight), Occur.SHOULD);
  }

  /** Alternatives that are stop words alone say nothing; a group of such is left out. */
  private Query allOf(BooleanForm form) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (List<String> group : form.groups()) {
      List<Query> alternatives =
          group.stream()
              .map(text::terms)
              .filter(terms -> !terms.isEmpty())
              .map(this::each)
              .toList();
      if (!alternatives.isEmpty()) {
        all.add(new DisjunctionMaxQuery(alternatives, 0), Occur.MUST);
      }
    }
    BooleanQuery query = all.build();
    return query.clauses().isEmpty() ? new MatchNoDocsQuery() : query;
  }

  private Query each(List<String> terms) {
    BooleanQuery.Builder each = new BooleanQuery.Builder();
    terms.forEach(term -> each.add(term(term), Occur.MUST));
    return each.build();
  }

  private static Query term(String term) {
    return new TermQuery(new Term(CatalogueText.TEXT, term));
  }
}
