package io.searchloop.app.train;

import io.searchloop.policy.release.PolicyDirectory;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.trainer.huggingface.HuggingFaceDirectory;
import io.searchloop.trainer.offline.TrainedPolicy;
import io.searchloop.trainer.warmstart.PretrainedStart;
import io.searchloop.trainer.warmstart.StartingPoint;
import io.searchloop.trainer.warmstart.WarmStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run begins with ({@code --from}): drawn weights; a language model, which the warm start
 * teaches the format; or a policy, which knows it and needs no warm start. Settings that what it
 * begins with decides are refused, not ignored. Immutable.
 */
public sealed interface Beginning {

  /** The beginning that a directory holds; drawn weights when there is none. */
  static Beginning of(@Nullable Path from) {
    if (from == null) {
      return new Drawn();
    }
    if (PolicyDirectory.sealed(from)) {
      return new Policy(PolicyDirectory.open(from));
    }
    if (Files.exists(from.resolve("config.json"))) {
      return new Model(new HuggingFaceDirectory(from));
    }
    throw new IllegalArgumentException(
        "%s: found neither manifest.json nor config.json, expected a policy directory or a checkpoint in Hugging Face's layout."
            .formatted(from));
  }

  /** What tells this beginning from others, for provenance and to resume a run. */
  String described();

  /** Keys, or beginnings of keys, that this beginning decides. */
  List<String> decided();

  /** What the warm start begins with, where it does not draw weights. */
  default Optional<StartingPoint> model() {
    return Optional.empty();
  }

  /** What prompts carry and answers may be, where it is decided. */
  default Optional<RewriteOptions> options() {
    return Optional.empty();
  }

  /** A policy in place of a warm start; the caller closes it. */
  default Optional<WarmStart> policy() {
    return Optional.empty();
  }

  /**
   * Refuses settings that would say nothing.
   *
   * @throws IllegalArgumentException naming them
   */
  default void requireOpen(Map<String, String> given) {
    List<String> idle = given.keySet().stream().filter(this::decides).sorted().toList();
    if (!idle.isEmpty()) {
      throw new IllegalArgumentException(
          "Settings %s are decided by what the run begins with, %s. Leave them out."
              .formatted(idle, described()));
    }
  }

  private boolean decides(String key) {
    return decided().stream().anyMatch(key::startsWith);
  }

  /** Weights drawn by the seed. */
  record Drawn() implements Beginning {
    @Override
    public String described() {
      return "drawn weights";
    }

    @Override
    public List<String> decided() {
      return List.of();
    }
  }

  /** A language model. */
  record Model(HuggingFaceDirectory directory) implements Beginning {
    private static final String PREFIX = "trainer.warm-start.";

    @Override
    public String described() {
      return "model " + directory.path().toAbsolutePath().normalize();
    }

    @Override
    public List<String> decided() {
      return List.of(
          PREFIX + "vocabulary",
          PREFIX + "width",
          PREFIX + "layers",
          PREFIX + "heads",
          PREFIX + "hidden",
          PREFIX + "size");
    }

    @Override
    public Optional<StartingPoint> model() {
      return Optional.of(new PretrainedStart(directory));
    }
  }

  /** A policy. */
  record Policy(PolicyDirectory directory) implements Beginning {
    @Override
    public String described() {
      return "policy " + directory.manifest().files().get(PolicyDirectory.WEIGHTS);
    }

    @Override
    public List<String> decided() {
      return List.of("trainer.warm-start.", "train.prompt.");
    }

    @Override
    public Optional<RewriteOptions> options() {
      return Optional.of(
          Objects.requireNonNullElse(directory.spec().options(), RewriteOptions.PLAIN));
    }

    @Override
    public Optional<WarmStart> policy() {
      return Optional.of(TrainedPolicy.read(directory));
    }
  }
}
