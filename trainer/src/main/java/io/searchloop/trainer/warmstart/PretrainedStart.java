package io.searchloop.trainer.warmstart;

import io.searchloop.trainer.huggingface.HuggingFaceDirectory;
import io.searchloop.trainer.huggingface.PretrainedPolicy;

/**
 * A language model's weights and vocabulary: it has a language, and learns the format.
 *
 * @param model in Hugging Face's layout, its tokenizer too
 */
public record PretrainedStart(HuggingFaceDirectory model) implements StartingPoint {

  @Override
  public PretrainedPolicy create(WarmStartConfig config, WarmStartText training) {
    int needed = config.maxPrompt() + config.maxRewrite();
    int allowed = model.config().maxPositions();
    if (allowed < needed) {
      throw new IllegalArgumentException(
          "Model in %s reads %d tokens, expected %d: trainer.warm-start.max-prompt and max-rewrite. Lower them."
              .formatted(model.path(), allowed, needed));
    }
    return model.readPolicy(needed, config.compute());
  }
}
