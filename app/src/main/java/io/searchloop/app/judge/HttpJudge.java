package io.searchloop.app.judge;

import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.SearchEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A language model's opinion (LLM-as-judge; MiniELM, arXiv 2501.18056, simulates shoppers so). All
 * pages of a query are one question ({@link JudgePrompt}). A question without a usable answer
 * leaves its pages without an opinion and is counted by reason, page by page; when the first
 * {@value #HOPELESS} all do, whatever the reasons, the run ends, as the others would. Queries and
 * titles leave the machine; the key is in no log. Whether equal questions get equal opinions is up
 * to the endpoint.
 *
 * <p>Borrows the engine. Any thread, several at once.
 */
public final class HttpJudge implements Judge {
  private static final Logger log = LoggerFactory.getLogger(HttpJudge.class);

  private static final int HOPELESS = 20;

  private final SearchEngine engine;
  private final ChatClient client;
  private final int shown;
  private final Map<ChatFailure, LongAdder> failures = new ConcurrentHashMap<>();
  private final AtomicInteger fruitless = new AtomicInteger();
  private volatile boolean heard;

  HttpJudge(SearchEngine engine, ChatClient client, int shown) {
    this.engine = engine;
    this.client = client;
    this.shown = shown;
  }

  /**
   * A judge with the key that the settings name.
   *
   * @param engine knows the products' titles
   * @throws IllegalArgumentException when nothing can be asked
   */
  public static HttpJudge of(HttpJudgeConfig config, SearchEngine engine) {
    ChatClient client =
        new ChatClient(
            config, JudgeKey.find(config, System::getenv), pause -> Thread.sleep(pause.toMillis()));
    return new HttpJudge(engine, client, config.products());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the endpoint would refuse every question, or as good as
   */
  @Override
  public List<Optional<Opinion>> judge(String query, List<Page> pages) {
    try {
      String question = JudgePrompt.question(query, pages.stream().map(this::titles).toList());
      String answer = client.ask(JudgePrompt.SYSTEM, question);
      List<Opinion> opinions = JudgePrompt.opinions(answer, pages.size());
      heard = true;
      return opinions.stream().map(Optional::of).toList();
    } catch (ChatException e) {
      count(e, pages.size());
      requireHope();
      return pages.stream().map(page -> Optional.<Opinion>empty()).toList();
    }
  }

  @Override
  public Map<String, Long> failures() {
    return failures.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().key(),
                entry -> entry.getValue().sum(),
                Long::sum,
                TreeMap::new));
  }

  /** The first of a kind is told, all are counted: a judge that is down fails a thousand times. */
  private void count(ChatException e, int pages) {
    LongAdder counted = failures.computeIfAbsent(e.failure(), reason -> new LongAdder());
    if (counted.sum() == 0) {
      log.warn("No opinion of {} pages, {}: {}", pages, e.failure(), e.getMessage());
    }
    counted.add(pages);
  }

  private void requireHope() {
    if (!heard && fruitless.incrementAndGet() >= HOPELESS) {
      throw new IllegalStateException(
          "The judge had no opinion in its first %d questions, pages without one by reason: %s. Expected some. Ask the endpoint by hand, and correct train.judge.url, model, timeout or requests."
              .formatted(HOPELESS, failures()));
    }
  }

  private List<String> titles(Page page) {
    return page.products().stream()
        .limit(shown)
        .flatMap(id -> engine.product(id).stream())
        .map(Product::title)
        .toList();
  }
}
