package io.searchloop.app.reward;

import java.util.List;

/**
 * What a person may change of a reward configuration: not the instant, which is given apart, nor
 * the lateness, which is read once, when the job starts.
 *
 * <p>Command lines are laid out from this list before it is known which command runs and where its
 * log goes. So the schema, whose classes log, is not asked; a test compares.
 */
public final class RewardChoices {
  public static final List<RewardChoice> ALL =
      List.of(
          new RewardChoice("name", "Configuration name."),
          new RewardChoice("click", "Reward of the first click on a product."),
          new RewardChoice("add_to_cart", "Reward of the first add-to-cart of a product."),
          new RewardChoice(
              "purchase",
              "Fixed part of the reward of a purchased order line; a refund takes back the share of the units returned."),
          new RewardChoice("short_window_ms", "W1: from impression to the base tuple."),
          new RewardChoice("long_window_ms", "W2: from impression to the last correction."),
          new RewardChoice("purchase_per_unit", "Further reward of an order line for each unit."),
          new RewardChoice(
              "purchase_per_minor_unit",
              "Further reward of an order line for each minor unit of its price."),
          new RewardChoice("purchase_cap", "Most that one order line earns; 0 for no cap."),
          new RewardChoice(
              "hitrate",
              "Further reward of an order line whose product was on the page and would have been missed by the query without a rewrite (BEQUE)."),
          new RewardChoice(
              "position_correction",
              "Whether a click is weighted by 1 / examination of its position."),
          new RewardChoice(
              "examination",
              "Examination of each position from one, where a decision logs none; positions beyond take the last."),
          new RewardChoice("max_click_weight", "Most that a position-corrected click weighs."),
          new RewardChoice(
              "visitor_cap",
              "Most that one visitor's outcomes earn within a cap window, refunds not set off; 0 for no cap."),
          new RewardChoice(
              "visitor_max_searches",
              "Most shown searches of one visitor within a cap window that may be trained on; 0 for no limit."),
          new RewardChoice("cap_window_ms", "Tumbling event-time window of both visitor caps."),
          new RewardChoice(
              "max_events_per_minute",
              "Trust: more distinct events of one visitor in a calendar minute condemn it; 0 for no rule."),
          new RewardChoice(
              "min_dwell_ms", "Trust: clicks closer than this to the one before form a run."),
          new RewardChoice(
              "dwell_clicks",
              "Trust: a run of so many clicks condemns the visitor; 0 for no rule."),
          new RewardChoice(
              "click_all_products",
              "Trust: so many distinct products clicked in one search condemn the visitor; 0 for no rule."),
          new RewardChoice("quarantine_ms", "Trust: how long a verdict holds."),
          new RewardChoice(
              "engine_relevance", "Engine reward: weight of the relevance ratio (LESER)."),
          new RewardChoice(
              "engine_size", "Engine reward: lambda, weight of the result-size ratio (LESER)."),
          new RewardChoice(
              "engine_coverage",
              "Engine reward: weight of the Shapley share of the set's coverage (RLQR)."),
          new RewardChoice(
              "engine_diversity", "Engine reward: weight of the share of new products (MiniELM)."),
          new RewardChoice(
              "engine_increment",
              "Engine reward: weight of new products within the reference set (BEQUE)."),
          new RewardChoice(
              "length_penalty", "Engine reward: cost of each rewrite token beyond free_tokens."),
          new RewardChoice("free_tokens", "Engine reward: tokens that cost nothing."),
          new RewardChoice("invalid_reward", "Engine reward of a rewrite that breaks the format."));

  private RewardChoices() {}
}
