package io.searchloop.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every target reads what earlier searches found, in every build. */
class CorpusTest {
  @TestFactory
  Stream<DynamicTest> readsWhatEarlierSearchesFound() throws IOException {
    List<Corpus> corpora = Corpus.all();
    assertThat(corpora).isNotEmpty();
    return corpora.stream()
        .map(corpus -> DynamicTest.dynamicTest(corpus.target(), () -> readAll(corpus)));
  }

  private static void readAll(Corpus corpus) throws Exception {
    Class<?> target = Class.forName(corpus.target());
    prepare(target);
    Constructor<?> constructor = target.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    Method reads = target.getDeclaredMethod(corpus.method(), byte[].class);
    reads.setAccessible(true);
    List<byte[]> inputs = corpus.inputs();
    assertThat(inputs).isNotEmpty();
    for (byte[] input : inputs) {
      try {
        reads.invoke(instance, (Object) input);
      } catch (InvocationTargetException e) {
        throw new AssertionError("Input " + HexFormat.of().formatHex(input), e.getCause());
      }
    }
  }

  private static void prepare(Class<?> target) throws ReflectiveOperationException {
    for (Method method : target.getDeclaredMethods()) {
      if (method.isAnnotationPresent(BeforeAll.class)) {
        method.setAccessible(true);
        method.invoke(null);
      }
    }
  }
}
