package io.searchloop.app.judge;

import io.searchloop.schemas.config.InvalidConfigurationException;
import io.searchloop.schemas.config.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a language model judges, keys {@code train.judge.*}. The key itself is no setting, since
 * settings stand in reports.
 *
 * @param url an OpenAI-compatible endpoint, its path included
 * @param model name that the endpoint knows
 * @param keyFile file whose first line is the key; empty to look into the environment
 * @param keyVariable variable of the environment that holds the key, where it is set
 * @param timeout longest wait for one answer
 * @param attempts tries of one question, the first included
 * @param backoff pause before the second try; each further one is twice as long
 * @param inFlight most questions at once
 * @param requests most requests of a run, tries included; what is asked afterwards stays without an
 *     opinion
 * @param products titles of a page that are shown
 */
public record HttpJudgeConfig(
    @Setting(
            value = "",
            help = "OpenAI-compatible endpoint, such as http://HOST/v1/chat/completions")
        String url,
    @Setting(value = "", help = "name of the model that judges") String model,
    @Setting(value = "", help = "file of the endpoint's key; empty for the environment")
        String keyFile,
    @Setting(value = "SEARCHLOOP_JUDGE_KEY", help = "environment variable of the endpoint's key")
        String keyVariable,
    @Setting(value = "PT30S", help = "longest wait for an answer") Duration timeout,
    @Setting(value = "3", help = "tries of a question") int attempts,
    @Setting(value = "PT1S", help = "pause before the second try; doubles") Duration backoff,
    @Setting(value = "2", help = "most questions at once") int inFlight,
    @Setting(value = "20000", help = "most requests of a run") int requests,
    @Setting(value = "5", help = "titles of a page that the judge sees") int products) {
  private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  public HttpJudgeConfig {
    if (attempts < 1
        || inFlight < 1
        || requests < 1
        || products < 1
        || products > JudgedPages.SHOWN
        || backoff.isNegative()
        || timeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "attempts %d, in-flight %d, requests %d, products %d, backoff %s, timeout %s; expected all at least 1, products at most %d, and no negative time"
              .formatted(
                  attempts, inFlight, requests, products, backoff, timeout, JudgedPages.SHOWN));
    }
  }

  /**
   * The endpoint.
   *
   * @throws IllegalArgumentException when nothing can be asked there
   */
  URI endpoint() {
    if (url.isBlank() || model.isBlank()) {
      throw new IllegalArgumentException(
          "train.judge.url is `%s` and train.judge.model `%s`, expected both, such as http://localhost:8000/v1/chat/completions and the name of a model served there."
              .formatted(url, model));
    }
    URI endpoint = URI.create(url);
    String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
    if (endpoint.getHost() == null || !Set.of("http", "https").contains(scheme)) {
      throw new IllegalArgumentException(
          "train.judge.url is `%s`, expected http://HOST/PATH or https://HOST/PATH."
              .formatted(url));
    }
    if (endpoint.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "train.judge.url names a user, expected none: it stands in reports. Put the key into"
              + " train.judge.key-file.");
    }
    return endpoint;
  }

  /**
   * Refuses a judge that nobody could ask.
   *
   * @throws InvalidConfigurationException saying why
   */
  public void requireUsable() {
    try {
      endpoint();
    } catch (IllegalArgumentException e) {
      throw new InvalidConfigurationException(List.of(String.valueOf(e.getMessage())));
    }
  }

  /** Who judges what, for people and to tell runs apart. */
  public String described() {
    return "language model %s at %s, shown %d titles of a page".formatted(model, url, products);
  }

  /** Where the key is, if it is in a file. */
  Optional<Path> keyPath() {
    return keyFile.isBlank() ? Optional.empty() : Optional.of(Path.of(keyFile));
  }

  /** A key goes to this machine, or encrypted, or not at all. */
  void requirePrivate(URI endpoint) {
    boolean safe =
        "https".equalsIgnoreCase(endpoint.getScheme()) || OWN_MACHINE.contains(endpoint.getHost());
    if (!safe) {
      throw new IllegalArgumentException(
          "A key would go to %s unencrypted, expected https. Change train.judge.url, or take the key away."
              .formatted(endpoint.getHost()));
    }
  }
}
