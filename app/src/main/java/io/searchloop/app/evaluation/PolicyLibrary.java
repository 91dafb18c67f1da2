package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.streams.inference.OnnxPolicy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Policies by the names a person gives them: {@code latest} and offsets of a running loop, else a
 * policy directory. Each is opened once and closed with the library. One thread.
 */
public final class PolicyLibrary implements AutoCloseable {
  private final SearchEngine engine;
  private final Function<String, Optional<OnnxPolicy>> published;
  private final Consumer<PolicyDirectory> check;
  private final Map<String, OnnxPolicy> open = new LinkedHashMap<>();

  /**
   * Policies to be judged by a dataset.
   *
   * @param engine for policies whose prompts show products; stays the caller's
   * @param dataset from whose test queries no policy may have learned, see {@link HeldOut}
   * @param published opens releases by name, see {@link PublishedPolicies#named}; empty for what is
   *     none
   */
  public PolicyLibrary(
      SearchEngine engine, Dataset dataset, Function<String, Optional<OnnxPolicy>> published) {
    this(engine, published, directory -> HeldOut.require(directory, dataset));
  }

  /**
   * Policies whoever they learned from: for a study of its own policies, and for queries from
   * elsewhere.
   */
  public PolicyLibrary(SearchEngine engine, Function<String, Optional<OnnxPolicy>> published) {
    this(engine, published, directory -> {});
  }

  private PolicyLibrary(
      SearchEngine engine,
      Function<String, Optional<OnnxPolicy>> published,
      Consumer<PolicyDirectory> check) {
    this.engine = engine;
    this.published = published;
    this.check = check;
  }

  /**
   * The policy of a name.
   *
   * @throws RuntimeException saying what is wrong with the release or directory, or why it may not
   *     be judged
   */
  public LearnedPolicy policy(String name) {
    OnnxPolicy policy = open.get(name);
    if (policy == null) {
      policy = read(name);
      open.put(name, policy);
    }
    return new LearnedPolicy(policy, engine);
  }

  private OnnxPolicy read(String name) {
    return published.apply(name).orElseGet(() -> read(PolicyDirectory.open(Path.of(name))));
  }

  private OnnxPolicy read(PolicyDirectory directory) {
    check.accept(directory);
    return OnnxPolicy.open(0, directory.artifact(), 1);
  }

  @Override
  public void close() {
    open.values().forEach(OnnxPolicy::close);
    open.clear();
  }
}
