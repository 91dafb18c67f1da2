package io.searchloop.trainer.huggingface;

import java.util.Arrays;
import java.util.Optional;

/**
 * GPT-2's way to write bytes as visible characters in {@code tokenizer.json}: a printable Latin-1
 * byte is itself, the others are the characters from U+0100 on, in order. A space is {@code Ġ}.
 */
final class ByteAlphabet {
  private static final int BYTES = 256;
  private static final int FIRST_SUBSTITUTE = 0x100;

  private final char[] characters = new char[BYTES];
  private final int[] bytes = new int[2 * BYTES];

  ByteAlphabet() {
    Arrays.fill(bytes, -1);
    int substitute = FIRST_SUBSTITUTE;
    for (int value = 0; value < BYTES; value++) {
      boolean visible =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      characters[value] = visible ? (char) value : (char) substitute++;
      bytes[characters[value]] = value;
    }
  }

  String text(byte[] piece) {
    StringBuilder text = new StringBuilder(piece.length);
    for (byte value : piece) {
      text.append(characters[Byte.toUnsignedInt(value)]);
    }
    return text.toString();
  }

  /** Empty when a character stands for no byte. */
  Optional<byte[]> bytes(String text) {
    byte[] piece = new byte[text.length()];
    for (int i = 0; i < piece.length; i++) {
      char character = text.charAt(i);
      if (character >= bytes.length || bytes[character] < 0) {
        return Optional.empty();
      }
      piece[i] = (byte) bytes[character];
    }
    return Optional.of(piece);
  }
}
