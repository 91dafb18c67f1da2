package io.searchloop.trainer.huggingface;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.policy.rewrite.Tokenizer;
import java.util.List;

/** Our pieces in a {@code tokenizer.json} of Qwen2's order: pieces first, then special tokens. */
final class QwenTokenizer {
  static final List<String> SPECIAL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

  private QwenTokenizer() {}

  static ObjectNode json(Tokenizer pieces) {
    ObjectNode json = TokenizerWriter.json(pieces);
    int size = pieces.pieces().size();
    ObjectNode vocabulary = ((ObjectNode) json.get("model")).putObject("vocab");
    ByteAlphabet alphabet = new ByteAlphabet();
    for (int i = 0; i < size; i++) {
      vocabulary.put(alphabet.text(pieces.pieces().get(i)), i);
    }
    json.putArray("added_tokens");
    for (int i = 0; i < SPECIAL.size(); i++) {
      json.withArray("added_tokens").addObject().put("id", size + i).put("content", SPECIAL.get(i));
    }
    return json;
  }
}
