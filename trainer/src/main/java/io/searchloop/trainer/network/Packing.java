package io.searchloop.trainer.network;

import java.util.List;

/**
 * What packing saved of a batch.
 *
 * @param given tokens of all prompts, each as often as it has a response, and of all responses
 * @param scored response tokens among them
 * @param fed tokens the network reads
 * @param places tokens of the rows they lie in, padding included
 */
public record Packing(long given, long scored, long fed, long places) {

  /** How a batch of prompt i with response i is packed. */
  public static Packing of(List<int[]> prompts, List<int[]> responses) {
    RowPacker packer = new RowPacker(prompts, responses);
    long scored = responses.stream().mapToLong(response -> response.length).sum();
    long asked = prompts.stream().mapToLong(prompt -> prompt.length).sum();
    return new Packing(asked + scored, scored, packer.tokens(), packer.places());
  }
}
