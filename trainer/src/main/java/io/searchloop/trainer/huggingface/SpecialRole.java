package io.searchloop.trainer.huggingface;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The policy's special tokens in the order of their ids, and the tokens of pretrained vocabularies
 * that mean about the same, best first: our own names, Qwen2's, Llama 3's, others.
 */
enum SpecialRole {
  PAD("<|pad|>", "<|finetune_right_pad_id|>", "<|endoftext|>", "<|end_of_text|>", "</s>"),
  BEGIN("<|begin|>", "<|im_start|>", "<|begin_of_text|>", "<s>", "<|endoftext|>"),
  SEPARATOR("<|separator|>", "<|im_end|>", "<|eot_id|>", "<sep>", "</s>"),
  END("<|end|>", "<|endoftext|>", "<|end_of_text|>", "</s>");

  private final List<String> names;

  SpecialRole(String... names) {
    this.names = List.of(names);
  }

  /** Candidates, best first. */
  List<String> names() {
    return names;
  }

  /** Our own name. */
  String ownName() {
    return names.get(0);
  }

  /** Id of the best candidate. */
  Optional<Integer> find(Map<String, Integer> added) {
    return names.stream().map(added::get).filter(Objects::nonNull).findFirst();
  }
}
