package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.trainer.huggingface.PretrainedPolicy;
import io.searchloop.trainer.network.PolicyNetwork;
import java.util.List;
import java.util.stream.Stream;

/** Drawn weights, and a vocabulary of the shop's own texts. */
final class FreshStart implements StartingPoint {

  @Override
  public PretrainedPolicy create(WarmStartConfig config, WarmStartText training) {
    Tokenizer tokenizer = tokenizer(training, config.vocabulary());
    return new PretrainedPolicy(
        PolicyNetwork.initialise(
            config.network(tokenizer.vocabularySize()), config.compute(), config.seed()),
        tokenizer);
  }

  private static Tokenizer tokenizer(WarmStartText text, int vocabulary) {
    List<String> coClicked =
        text.coClicks().stream().flatMap(p -> Stream.of(p.source(), p.target())).toList();
    return BytePairTrainer.train(
        Stream.of(text.queries(), text.phrases(), coClicked).flatMap(List::stream).toList(),
        vocabulary);
  }
}
