package io.searchloop.streams.rules;

import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.streams.metrics.ServingMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that apply now. The file is looked at every two seconds; when it has changed and is
 * right, its rules apply from the next request on. When it is wrong or gone, those before stay, and
 * {@code searchloop_rules_stale} says so. Whatever a rule does is counted. Any thread.
 */
public final class RuleBook implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RuleBook.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final @Nullable RulesFile file;
  private final ServingMetrics metrics;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(RuleBook::thread);
  private @Nullable String seen;
  private String lastRefusal = "";
  private volatile Rules current = Rules.NONE;

  private RuleBook(@Nullable RulesFile file, ServingMetrics metrics) {
    this.file = file;
    this.metrics = metrics;
  }

  /**
   * The rules of a file; none when there is none.
   *
   * @throws IllegalArgumentException when the file is wrong
   */
  public static RuleBook of(Optional<RulesFile> file, ServingMetrics metrics) {
    RuleBook book = new RuleBook(file.orElse(null), metrics);
    file.ifPresent(book::open);
    return book;
  }

  /** Starts looking at the file. */
  public void start() {
    if (file != null) {
      ScheduledFuture<?> unused =
          looking.scheduleWithFixedDelay(
              this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** What is decided for a query. */
  public Optional<FixedQuery> fixed(String query) {
    Optional<FixedQuery> fixed = current.fixed(query);
    fixed.ifPresent(rule -> metrics.ruled(rule.kind().label(), "query"));
    return fixed;
  }

  /** The rule that refuses a rollout of a query; as it stands in the file. */
  public Optional<String> refusal(String query, String rewrite) {
    Optional<RefusedBy> refused = current.refusal(query, rewrite);
    refused.ifPresent(rule -> metrics.ruled(rule.kind().label(), "rollout"));
    return refused.map(RefusedBy::rule);
  }

  /** Whether a text may be suggested. */
  public boolean allowsSuggesting(String text) {
    Optional<RefusedBy> refused = current.blocked(text);
    refused.ifPresent(rule -> metrics.ruled(rule.kind().label(), "suggestion"));
    return refused.isEmpty();
  }

  /** A search whose spelling checker leaves a query alone where a rule refuses the correction. */
  public ServedSearch over(ServedSearch search) {
    FusedSearch fused = search.fused();
    RewriteArm spelling = new RuledSpelling(fused.spelling(), this::allowsCorrection);
    return new ServedSearch(new FusedSearch(spelling, fused.weights()), search.combination());
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }

  /** Looks at the file once, and applies what has changed. Never throws. */
  synchronized void look() {
    if (file == null) {
      return;
    }
    try {
      String before = seen;
      seen = null; // what comes back after it could not be read is read again
      String text = file.text();
      seen = text;
      if (!text.equals(before)) {
        apply(file.parse(text));
        log.info("Rules read again: file={} rules={}", file.path(), current.size());
      }
    } catch (RuntimeException e) {
      refused(e);
    }
  }

  private synchronized void open(RulesFile first) {
    String text = first.text();
    apply(first.parse(text));
    seen = text;
  }

  private void apply(Rules rules) {
    current = rules;
    lastRefusal = "";
    metrics.rulesRead(rules.size());
  }

  /** A file that stays wrong or gone is told once. */
  private void refused(RuntimeException e) {
    String reason = String.valueOf(e.getMessage());
    if (!reason.equals(lastRefusal)) {
      lastRefusal = reason;
      metrics.rulesRefused();
      log.warn("Rules not read again, those before stay: {}", reason);
    }
  }

  private boolean allowsCorrection(String query, String corrected) {
    Optional<RefusedBy> refused = current.refusal(query, corrected);
    refused.ifPresent(rule -> metrics.ruled(rule.kind().label(), "correction"));
    return refused.isEmpty();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "rules");
    thread.setDaemon(true);
    return thread;
  }
}
