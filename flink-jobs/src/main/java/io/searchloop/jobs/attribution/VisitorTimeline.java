package io.searchloop.jobs.attribution;

import com.dynatrace.hash4j.hashing.HashValue128;
import io.searchloop.jobs.intake.ShopperEvent;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.learning.event.Action;
import io.searchloop.learning.reward.RewardSchedule;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.state.ProductState;
import io.searchloop.schemas.state.RolloutState;
import io.searchloop.schemas.state.SearchOrigin;
import io.searchloop.schemas.state.SearchState;
import io.searchloop.schemas.state.VisitorState;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * One visitor's life in event time: fed with records in causal order, it opens searches, lays
 * events to them, passes verdicts, and emits tuples when they are due. Pure but for its journal;
 * the whole of docs/attribution.md is worked off here and in the classes it calls.
 *
 * <pre>
 *   decided     shown              due                              closes
 *      |----------|-----------------|--------------------------------|
 *                 outcomes sum up   base tuple, then a correction
 *                                   for each later outcome
 * </pre>
 */
final class VisitorTimeline {
  private static final String QUARANTINE = "quarantine";

  /** The part of a long window for which closed searches may stay to spare a look. */
  private static final int SOON = 10;

  private final VisitorState visitor;
  private final RewardSchedule schedule;
  private final SearchDetails details;
  private final Journal journal;
  private final OpenSearches searches;
  private final SeenEvents seen;
  private final Conduct conduct;
  private final Allowance allowance;

  /** The earliest instant at which something is due; never later than it really is. */
  private long nextDue = Long.MIN_VALUE;

  VisitorTimeline(
      VisitorState visitor, RewardSchedule schedule, SearchDetails details, Journal journal) {
    this.visitor = visitor;
    this.schedule = schedule;
    this.details = details;
    this.journal = journal;
    this.searches = new OpenSearches(visitor.getSearches());
    this.seen = new SeenEvents(visitor.getSeen());
    this.conduct = new Conduct(visitor);
    this.allowance = new Allowance(visitor, schedule);
  }

  /** Works off a record; none earlier may follow. */
  void workOff(HeldRecord record) {
    settleBefore(record.time());
    SearchState search = record.search();
    ShopperEvent event = record.event();
    if (search != null) {
      journal.mark(open(search, record.time()));
    } else if (event != null) {
      journal.mark(attribute(event, record));
    }
  }

  /** Emits and ends what is due strictly before an instant. */
  void settleBefore(long time) {
    if (nextDue >= time) {
      return;
    }
    nextDue = Long.MAX_VALUE;
    for (Iterator<SearchState> open = searches.all().iterator(); open.hasNext(); ) {
      SearchState search = open.next();
      if (search.getDueAt() < time) {
        emitBase(search);
      }
      if (search.getClosesAt() < time) {
        open.remove();
      } else {
        nextDue = Math.min(nextDue, Math.min(search.getDueAt(), search.getClosesAt()));
      }
    }
  }

  /**
   * Writes everything back into the state.
   *
   * @param horizon instant up to which everything has been worked off
   * @return when the visitor must be looked at again at the latest; empty when nothing is left to
   *     keep
   */
  Optional<NextLook> close(long horizon) {
    settleBefore(horizon == Long.MAX_VALUE ? horizon : horizon + 1);
    seen.forgetUntil(horizon);
    visitor.setSearches(searches.toList());
    visitor.setSeen(seen.packed());
    return searches.all().isEmpty() ? afterTheLastSearch(horizon) : Optional.of(nextLook(horizon));
  }

  private Optional<NextLook> afterTheLastSearch(long horizon) {
    long keptUntil = rememberedUntil(horizon);
    return keptUntil <= horizon ? Optional.empty() : Optional.of(new NextLook(keptUntil, true));
  }

  /**
   * Closing a search emits nothing, and whatever comes after it has closed does not find it. So
   * once all base tuples are out there is one look for all searches, and none but to drop
   * everything where memory ends with them or soon after.
   */
  private NextLook nextLook(long horizon) {
    long due = Long.MAX_VALUE;
    long closed = Long.MIN_VALUE;
    for (SearchState search : searches.all()) {
      due = Math.min(due, search.getDueAt());
      closed = Math.max(closed, search.getClosesAt());
    }
    if (due < Long.MAX_VALUE) {
      return new NextLook(due, false);
    }
    long keptUntil = rememberedUntil(horizon);
    long soonAfter = schedule.at(horizon).getLongWindowMs() / SOON;
    return keptUntil <= closed + soonAfter
        ? new NextLook(Math.max(closed, keptUntil), true)
        : new NextLook(closed, false);
  }

  /** The last instant at which anything but an open search can matter. */
  private long rememberedUntil(long horizon) {
    return Math.max(
        Math.max(seen.rememberedUntil(), allowance.mattersUntil()),
        Math.max(conduct.mattersUntil(schedule.at(horizon)), visitor.getErasedUntil()));
  }

  /** The state as {@link #close} left it. */
  VisitorState visitor() {
    return visitor;
  }

  private LedgerMark open(SearchState search, long time) {
    if (searches.knows(search.getQueryId())) {
      return LedgerMark.DUPLICATE;
    }
    if (conduct.quarantined(time)) {
      return LedgerMark.QUARANTINED;
    }
    search.setClosesAt(time + schedule.at(time).getLongWindowMs());
    if (search.getSilent()) {
      journal.mark(LedgerMark.UNSUPPORTED_MODE);
    }
    searches.add(search);
    nextDue = Math.min(nextDue, search.getClosesAt());
    return LedgerMark.JOINED;
  }

  private LedgerMark attribute(ShopperEvent event, HeldRecord record) {
    long time = record.time();
    Action action = event.action();
    if (action == Action.ERASE) {
      return erase(time);
    }
    HashValue128 identity = SeenEvents.hash(record.identity());
    if (seen.contains(identity, time)) {
      return LedgerMark.DUPLICATE;
    }
    RewardConfig now = schedule.at(time);
    seen.remember(identity, time + now.getLongWindowMs());
    if (conduct.quarantined(time)) {
      return LedgerMark.QUARANTINED;
    }
    Optional<SearchState> search = searches.resolve(action, event);
    if (conduct.condemns(action, time, clickNumber(action, event, search), now)) {
      journal.mark(LedgerMark.VERDICT);
      retractAll(time);
      return LedgerMark.QUARANTINED;
    }
    if (search.isEmpty()) {
      return time <= visitor.getErasedUntil() ? LedgerMark.ERASED : LedgerMark.DANGLING;
    }
    apply(search.get(), action, event, time);
    return LedgerMark.JOINED;
  }

  /**
   * Forgets everything the visitor did, without a correction: what has been earned is no longer
   * theirs, and what has not is never told.
   */
  private LedgerMark erase(long time) {
    searches.all().forEach(search -> journal.mark(LedgerMark.SEARCH_ERASED));
    searches.clear();
    seen.clear();
    VisitorStates.erase(visitor, time + schedule.at(time).getLongWindowMs());
    return LedgerMark.ERASED;
  }

  private void apply(SearchState search, Action action, ShopperEvent event, long time) {
    switch (action) {
      case QUERY, ERASE -> {}
      case IMPRESSION -> show(search, event, time);
      case CLICK, ADD_TO_CART -> {
        settle(search, action, event, time);
        touch(search, event.product());
      }
      case REMOVE_FROM_CART, PURCHASE, REFUND -> settle(search, action, event, time);
    }
  }

  private void show(SearchState search, ShopperEvent event, long time) {
    boolean rearranged = search.getPageMode() && event.rearranged();
    if (rearranged) {
      journal.mark(LedgerMark.VOID_PAGE);
      search.setUncredited(true);
    }
    if (OpenSearches.shown(search)) {
      return;
    }
    RewardConfig config = schedule.at(time);
    search.setShownAt(time);
    search.setConfigFrom(config.getEffectiveFrom().toEpochMilli());
    search.setClosesAt(time + config.getLongWindowMs());
    search.setSilent(search.getSilent() || rearranged);
    search.setDueAt(search.getSilent() ? Long.MAX_VALUE : time + config.getShortWindowMs());
    search.getRollouts().forEach(rollout -> rollout.setOutcomeTime(time));
    if (!allowance.admitsToTraining(time)) {
      journal.mark(LedgerMark.WITHHELD_FROM_TRAINING);
      search.setWithheldFromTraining(true);
    }
    SearchDetails.dropUnlessPriced(search, config);
    nextDue = Math.min(nextDue, Math.min(search.getDueAt(), search.getClosesAt()));
  }

  private void settle(SearchState search, Action action, ShopperEvent event, long time) {
    String product = product(action, event);
    Settlement settlement =
        new Settlement(search, pricing(search), details, searches, allowance, time);
    Map<String, Long> terms = settlement.settle(action, event);
    if (settlement.capped()) {
      journal.mark(LedgerMark.CAPPED);
    }
    if (terms.isEmpty() || search.getSilent()) {
      return;
    }
    Shares shares = Shares.of(search, details, action, product, terms);
    for (int i = 0; i < search.getRollouts().size(); i++) {
      credit(search, i, shares.of(i), action, product, time);
    }
  }

  /** A refund may leave its product to the line. */
  private String product(Action action, ShopperEvent event) {
    return action == Action.REFUND
        ? searches.paidFor(event).orElseThrow().line().getProduct()
        : event.product();
  }

  /** Lays a change to a rollout: within the short window to its sum, later as a correction. */
  private void credit(
      SearchState search,
      int index,
      RewardTuples.Change change,
      Action action,
      String product,
      long time) {
    if (change.nothing()) {
      return;
    }
    RolloutState rollout = search.getRollouts().get(index);
    rollout.setReward(rollout.getReward() + change.reward());
    rollout.setPreference(rollout.getPreference() + change.preference());
    rollout.setOutcomeTime(time);
    if (rollout.getSequence() == 0) {
      change.terms().forEach((term, micros) -> rollout.getTerms().merge(term, micros, Long::sum));
    } else {
      journal.emit(tuples(search).correction(index, action.wireName(), product, change));
    }
  }

  private void emitBase(SearchState search) {
    SearchOrigin origin = details.origin(search);
    RewardTuples tuples = new RewardTuples(search, origin, pricing(search));
    for (int i = 0; i < search.getRollouts().size(); i++) {
      journal.emit(tuples.base(i));
    }
    search.setDueAt(Long.MAX_VALUE);
    details.compact(search, origin);
  }

  /** Takes back everything a condemned visitor's searches have earned, and ends them. */
  private void retractAll(long time) {
    for (SearchState search : searches.all()) {
      for (int i = 0; i < search.getRollouts().size(); i++) {
        RolloutState rollout = search.getRollouts().get(i);
        RewardTuples.Change change =
            new RewardTuples.Change(
                -rollout.getReward(),
                -rollout.getPreference(),
                Map.of(QUARANTINE, -rollout.getReward()));
        if (rollout.getSequence() > 0 && !change.nothing()) {
          rollout.setOutcomeTime(time);
          journal.emit(tuples(search).correction(i, QUARANTINE, "", change));
        }
      }
    }
    searches.all().clear();
  }

  private void touch(SearchState search, String product) {
    visitor.setTouches(visitor.getTouches() + 1);
    OpenSearches.product(search, product).ifPresent(state -> state.setTouch(visitor.getTouches()));
  }

  /** Number of the clicked product among those clicked in the search, this click included. */
  private static int clickNumber(Action action, ShopperEvent event, Optional<SearchState> search) {
    if (action != Action.CLICK || search.isEmpty()) {
      return 0;
    }
    int known =
        OpenSearches.product(search.get(), event.product()).map(ProductState::getClicked).orElse(0);
    return known > 0 ? known : Settlement.clickedProducts(search.get()) + 1;
  }

  private RewardTuples tuples(SearchState search) {
    return new RewardTuples(search, details.origin(search), pricing(search));
  }

  private RewardConfig pricing(SearchState search) {
    return schedule.at(search.getConfigFrom());
  }
}
