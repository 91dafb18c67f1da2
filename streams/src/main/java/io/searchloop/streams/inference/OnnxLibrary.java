package io.searchloop.streams.inference;

/** ONNX Runtime's native library, for whoever wants to know before a policy comes. */
public final class OnnxLibrary {
  private OnnxLibrary() {}

  /**
   * Loads it.
   *
   * @return its version
   * @throws LinkageError when this machine cannot run it
   */
  public static String load() {
    return OnnxEnvironment.get().getVersion();
  }
}
