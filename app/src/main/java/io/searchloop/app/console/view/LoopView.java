package io.searchloop.app.console.view;

import io.searchloop.app.log.GroupOffsets;
import io.searchloop.jobs.assembly.MinibatchJob;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.LearningMetrics;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.log.Located;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a loop through its topics and nothing else, so that it works for any loop, in this
 * process or not. A thread of its own reads; everything else may be asked from any thread.
 */
public final class LoopView implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoopView.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RECENT = Duration.ofMinutes(2);
  private static final Duration LETTERS = Duration.ofDays(1);
  private static final Duration STOP = Duration.ofSeconds(10);

  /** A console that waits longer for Kafka shows a picture too old. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final long LAST_LEDGERS = 200;
  private static final String MINIBATCH_GROUP = "searchloop-" + MinibatchJob.NAME;

  /** What each stage writes, in the order of the flow. */
  private static final Map<String, Topic<?>> WRITES =
      Map.of(
          "events", Topics.EVENTS,
          "workers", Topics.DECISIONS,
          "reward", Topics.REWARDS,
          "minibatch", Topics.MINIBATCHES,
          "trainer", Topics.METRICS,
          "releases", Topics.POLICY_RELEASES);

  private static final List<String> STAGES =
      List.of("events", "workers", "reward", "minibatch", "trainer", "releases");

  private final InstantSource clock;
  private final TopicTail tail;
  private final GroupOffsets groups;
  private final Thread thread;
  private final Titles titles = new Titles();
  private final Examples examples = new Examples(titles);
  private final RewardBoard rewards = new RewardBoard();
  private final DeadLetters letters = new DeadLetters();
  private final PolicyLog policies = new PolicyLog();
  private final ServedVersions served = new ServedVersions();
  private final Map<String, Throughput> throughputs = new HashMap<>();
  private final Map<TopicPartition, Long> rewarded = new ConcurrentHashMap<>();
  private Map<TopicPartition, Long> assembled = Map.of();
  private Map<TopicPartition, Long> trained = Map.of();
  private Instant answered;
  private volatile LearningMetrics learning = LearningMetrics.newBuilder().setStep(-1).build();
  private volatile LoopPicture picture;
  private volatile boolean closed;

  private LoopView(LoopConnection loop, InstantSource clock, Duration history) {
    this.clock = clock;
    this.tail = new TopicTail(loop);
    this.groups = new GroupOffsets(loop.brokers(), PATIENCE);
    this.answered = clock.instant();
    STAGES.forEach(stage -> throughputs.put(stage, new Throughput()));
    follow(answered, history);
    this.picture = look(answered);
    this.thread = new Thread(this::watch, "console-view");
    thread.setDaemon(true);
  }

  /**
   * Begins to watch.
   *
   * @param history how far back searches, events and rewards are read
   */
  public static LoopView start(LoopConnection loop, InstantSource clock, Duration history) {
    LoopView view = new LoopView(loop, clock, history);
    view.thread.start();
    return view;
  }

  private void follow(Instant now, Duration history) {
    tail.follow(Topics.PRODUCTS, product -> titles.add(product.value()));
    tail.follow(Topics.POLICY_RELEASES, policies::release);
    tail.follow(Topics.POLICY_CONTROL, policies::decision);
    tail.follow(Topics.DEAD_LETTERS, letter -> letters.add(letter.value()));
    tail.follow(Topics.LEDGER, this::checkpointed);
    tail.follow(Topics.METRICS, metrics -> learning = metrics.value());
    tail.follow(Topics.DECISIONS, this::decided);
    tail.follow(Topics.EVENTS, this::happened);
    tail.follow(Topics.REWARDS, this::earned);
    tail.count(Topics.MINIBATCHES);
    List.of(Topics.PRODUCTS, Topics.POLICY_RELEASES, Topics.POLICY_CONTROL)
        .forEach(tail::fromBeginning);
    tail.since(Topics.DEAD_LETTERS, now.minus(LETTERS));
    tail.fromLast(Topics.LEDGER, LAST_LEDGERS);
    List.of(Topics.METRICS, Topics.DECISIONS, Topics.EVENTS, Topics.REWARDS, Topics.MINIBATCHES)
        .forEach(topic -> tail.since(topic, now.minus(history)));
  }

  /** The loop as it was seen a moment ago. */
  public LoopPicture picture() {
    return picture;
  }

  /** Releases and decisions. */
  public PolicyTimeline policies() {
    return policies.timeline(rewards::ofVersion);
  }

  /** What searches earned over time, by arm. */
  public List<RewardPoint> rewards() {
    return rewards.points();
  }

  /**
   * The newest searches first.
   *
   * @param withOutcome only those whose shopper did something
   */
  public List<Example> examples(int count, boolean withOutcome) {
    return examples.newest(count, withOutcome);
  }

  /** What could not be used. */
  public DeadLetterView letters() {
    return letters.view();
  }

  private void decided(Located<Decision> decision) {
    examples.decided(decision.value());
    served.add(decision.value());
  }

  private void happened(Located<SearchEvent> event) {
    examples.happened(event.value());
  }

  private void earned(Located<RewardTuple> tuple) {
    rewards.add(tuple.value());
    examples.earned(tuple.value());
  }

  private void checkpointed(Located<Ledger> located) {
    Ledger ledger = located.value();
    if (ledger.getJob().equals(RewardJob.NAME)) { // the engine's job reads decisions too
      rewarded.put(
          new TopicPartition(ledger.getTopic(), ledger.getPartition()), ledger.getNextOffset());
    }
  }

  private void watch() {
    Instant next = Instant.MIN;
    while (!closed) {
      try {
        tail.poll(POLL);
        Instant now = clock.instant();
        if (!now.isBefore(next)) {
          next = now.plus(LOOK);
          askGroups(now);
          picture = look(now);
        }
      } catch (WakeupException e) {
        // closing
      } catch (InterruptException e) {
        return;
      } catch (UncheckedIOException e) {
        log.warn("The console waits for the schema registry: {}", e.getMessage());
        LockSupport.parkNanos(LOOK.toNanos());
      } catch (KafkaException e) {
        log.warn("The console reads on after a failure", e);
      } catch (RuntimeException e) {
        log.error("A record stopped the console's view, expected none to", e);
        return;
      }
    }
  }

  private void askGroups(Instant now) {
    try {
      assembled = groups.of(MINIBATCH_GROUP);
      trained = groups.of(KafkaMinibatchSource.GROUP);
      answered = now;
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      log.debug("Kafka is silent", e);
    }
  }

  private LoopPicture look(Instant now) {
    List<Stage> stages = new ArrayList<>();
    boolean live = tail.caughtUp();
    for (String id : STAGES) {
      Topic<?> topic = java.util.Objects.requireNonNull(WRITES.get(id));
      Throughput throughput = throughputs.computeIfAbsent(id, stage -> new Throughput());
      if (live) {
        throughput.sample(now, tail.read(topic));
      }
      stages.add(
          new Stage(id, tail.read(topic), throughput.perSecond(), throughput.history(), lag(id)));
    }
    return new LoopPicture(
        now,
        Duration.between(answered, now).toSeconds(),
        stages,
        policies.head(),
        policies.newest(),
        served.shares(now),
        rewards.since(now.minus(RECENT)),
        learning.getStep() < 0 ? Map.of() : new TreeMap<>(learning.getValues()),
        learning.getStep() < 0 ? null : learning.getStep(),
        letters.total(),
        tail.unusable(),
        rewards.forgotten());
  }

  private @org.jspecify.annotations.Nullable Long lag(String stage) {
    return switch (stage) {
      case "reward" ->
          tail.behind(Topics.DECISIONS, rewarded) + tail.behind(Topics.EVENTS, rewarded);
      case "minibatch" -> tail.behind(Topics.REWARDS, assembled);
      case "trainer" -> tail.behind(Topics.MINIBATCHES, trained);
      default -> null;
    };
  }

  @Override
  public void close() {
    closed = true;
    tail.wakeUp();
    try {
      thread.join(STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tail.close();
    groups.close();
  }
}
