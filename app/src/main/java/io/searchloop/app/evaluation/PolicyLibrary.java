package io.searchloop.app.evaluation;

import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.streams.inference.OnnxPolicy;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Policies by the names a person gives them: {@code latest} and offsets of a running loop, else a
 * policy directory. Each is opened once and closed with the library. One thread.
 */
public final class PolicyLibrary implements AutoCloseable {
  private final SearchEngine engine;
  private final Function<String, Optional<OnnxPolicy>> published;
  private final Map<String, OnnxPolicy> open = new LinkedHashMap<>();

  /**
   * @param engine for policies whose prompts show products; stays the caller's
   * @param published opens releases by name, see {@link PublishedPolicies#named}; empty for what is
   *     none
   */
  public PolicyLibrary(SearchEngine engine, Function<String, Optional<OnnxPolicy>> published) {
    this.engine = engine;
    this.published = published;
  }

  /**
   * The policy of a name.
   *
   * @throws RuntimeException saying what is wrong with the release or directory
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
    return published
        .apply(name)
        .orElseGet(() -> OnnxPolicy.open(0, PolicyDirectory.open(Path.of(name)).artifact(), 1));
  }

  @Override
  public void close() {
    open.values().forEach(OnnxPolicy::close);
    open.clear();
  }
}
