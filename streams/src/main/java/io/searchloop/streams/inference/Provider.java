package io.searchloop.streams.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What runs a session's operators. */
public enum Provider {
  /** The processor's cores. */
  CPU {
    @Override
    void apply(OrtSession.SessionOptions options) {
      // ONNX Runtime runs on the processor unless told otherwise.
    }
  },
  /** The first NVIDIA device; needs a build with the Maven profile {@code cuda}. */
  CUDA {
    @Override
    void apply(OrtSession.SessionOptions options) throws OrtException {
      options.addCUDA(0);
    }
  };

  abstract void apply(OrtSession.SessionOptions options) throws OrtException;

  /**
   * Makes sure that sessions can be opened with this provider, before the first release is.
   *
   * @throws IllegalStateException saying what to install
   */
  public void require() {
    require(OrtEnvironment.getAvailableProviders());
  }

  void require(Set<OrtProvider> available) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      if (this == CUDA && !available.contains(OrtProvider.CUDA)) {
        throw absent("this build of ONNX Runtime offers " + available, null);
      }
      apply(options);
    } catch (OrtException e) {
      throw absent(String.valueOf(e.getMessage()), e);
    }
  }

  private static IllegalStateException absent(String found, @Nullable Throwable cause) {
    return new IllegalStateException(
        "serving.provider is cuda, but %s. Build with ./mvnw -Pcuda and install CUDA 12 and cuDNN 9, or set serving.provider=cpu."
            .formatted(found),
        cause);
  }
}
