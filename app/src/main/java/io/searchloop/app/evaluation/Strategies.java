package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.arms.RelevanceFeedbackArm;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.arms.SynonymArm;
import io.searchloop.search.arms.SynonymDictionary;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.TermWeights;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.merging.Fusion;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedSearch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Strategies by name. {@code typed}, {@code identity}, {@code spell}, {@code synonyms}, {@code rm3}
 * and {@code corrections} are known; any other name is a policy, which the caller opens. {@code
 * NAME+spell} fuses a policy with the typed query and the spelling checker: one BM25 query in which
 * a typed term weighs 1 and other parts what {@link FusionWeights} say (ADR 0039).
 */
public final class Strategies {
  private static final String SPELL = "spell";
  private static final String WITH_SPELL = "+spell";
  private static final String SYNONYMS = "synonyms";
  private static final String RM3 = "rm3";
  private static final String CORRECTIONS = "corrections";
  private static final Set<String> AS_TYPED = Set.of(Strategy.IDENTITY, "typed");

  private final FusionWeights weights;
  private final FusedSearch fused;
  private final SynonymArm synonyms;
  private final RelevanceFeedbackArm feedback;
  private final Map<String, String> corrections = new HashMap<>();
  private final Function<String, LearnedPolicy> policies;

  /**
   * @param engine index of the dataset's products
   * @param dataset its corrections are a baseline
   * @param synonyms dictionary of the synonym arm, see {@link #mined}
   * @param policies opens a policy by its name
   */
  public Strategies(
      LuceneSearchEngine engine,
      Dataset dataset,
      SynonymDictionary synonyms,
      FusionWeights weights,
      Function<String, LearnedPolicy> policies) {
    this.weights = weights;
    this.fused = new FusedSearch(new SpellingArm(engine.vocabulary()), weights);
    this.synonyms = new SynonymArm(engine.vocabulary(), synonyms);
    this.feedback = new RelevanceFeedbackArm(engine, engine.terms());
    this.policies = policies;
    dataset
        .corrections()
        .forEach((typed, right) -> corrections.put(QueryText.normalise(typed), right));
  }

  /** Synonyms mined from the judgments of a dataset's train queries. */
  public static SynonymDictionary mined(Dataset dataset, LuceneSearchEngine engine) {
    return AssociationMiner.mine(dataset, engine.vocabulary());
  }

  /**
   * Every name in every mode. What is a fusion by itself (identity, rm3, a name with {@code +}) has
   * one way to be searched, and is listed once, as a union.
   */
  public List<Strategy> of(List<String> names, List<Combination> modes) {
    List<Strategy> strategies = new ArrayList<>();
    for (String name : names) {
      boolean fusion = AS_TYPED.contains(name) || name.equals(RM3) || name.endsWith(WITH_SPELL);
      for (Combination mode : fusion ? List.of(Combination.UNION) : modes) {
        strategies.add(strategy(name, mode));
      }
    }
    return strategies;
  }

  private Strategy strategy(String name, Combination mode) {
    if (name.endsWith(WITH_SPELL)) {
      String policy = name.substring(0, name.length() - WITH_SPELL.length());
      Part part = part(AS_TYPED.contains(policy) ? SPELL : policy);
      return new Strategy(name, mode, query -> fused(query, part, true));
    }
    if (name.equals(RM3)) {
      return new Strategy(name, mode, this::expanded);
    }
    if (name.equals(SYNONYMS) && mode == Combination.REPLACE) {
      return new Strategy(
          name,
          mode,
          query -> new RewriteChoice(synonyms.rewrite(query), true, synonyms.booleanForm(query)));
    }
    Part part = part(name);
    return new Strategy(
        name,
        mode,
        query -> mode == Combination.UNION ? fused(query, part, false) : alone(query, part));
  }

  private Part part(String name) {
    if (AS_TYPED.contains(name)) {
      return new Part(Optional::of, weights.rewrite());
    }
    return switch (name) {
      case SPELL ->
          new Part(query -> Optional.of(fused.spelling().rewrite(query)), weights.correction());
      case CORRECTIONS -> new Part(this::corrected, weights.correction());
      case SYNONYMS -> new Part(query -> Optional.of(synonyms.rewrite(query)), weights.expansion());
      case RM3 ->
          throw new IllegalArgumentException(
              "Found rm3+spell, expected rm3 alone: it is a fusion by itself.");
      default -> {
        LearnedPolicy policy = policies.apply(name);
        yield new Part(policy::rewrite, weights.rewrite());
      }
    };
  }

  private RewriteChoice fused(String query, Part part, boolean spell) {
    Optional<String> answer = part.rewrite().apply(query);
    String rewrite = answer.orElse(query);
    List<WeightedText> parts = List.of(new WeightedText(rewrite, part.weight()));
    SearchQuery search =
        spell ? fused.of(query).joined(parts) : new SearchQuery(query, parts, Combination.UNION);
    return new RewriteChoice(rewrite, answer.isPresent(), search);
  }

  private static RewriteChoice alone(String query, Part part) {
    Optional<String> answer = part.rewrite().apply(query);
    String rewrite = answer.orElse(query);
    WeightedText text = new WeightedText(rewrite, Fusion.TYPED_TERM_WEIGHT);
    return new RewriteChoice(
        rewrite, answer.isPresent(), new SearchQuery(query, List.of(text), Combination.REPLACE));
  }

  /** Feedback adds stems: they are shown behind the query, and searched as they are. */
  private RewriteChoice expanded(String query) {
    TermWeights weighted = feedback.expand(query);
    String shown = query + " " + String.join(" ", weighted.weights().keySet());
    return new RewriteChoice(shown, true, weighted);
  }

  private Optional<String> corrected(String query) {
    return Optional.of(corrections.getOrDefault(QueryText.normalise(query), query));
  }

  /** What joins the typed query, and how much it weighs; empty answers broke the format. */
  private record Part(Function<String, Optional<String>> rewrite, double weight) {}
}
