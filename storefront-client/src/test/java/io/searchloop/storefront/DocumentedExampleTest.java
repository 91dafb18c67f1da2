package io.searchloop.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the integration page compiles. */
class DocumentedExampleTest {
  private static final Path PAGE = Path.of("..", "docs", "storefront-integration.md");
  private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final String FRAME =
      """
      import io.searchloop.schemas.SearchEvent;
      import io.searchloop.storefront.*;
      import java.time.InstantSource;
      import java.util.UUID;

      class Shop {
        interface Metrics {
          void count(Delivery delivery);
        }

        void click(String visitor, String queryId, String product, InstantSource clock, Metrics metrics) {
          %s
        }
      }
      """;

  @TempDir Path directory;

  @Test
  void compilesAsItStands() throws Exception {
    Matcher example = JAVA.matcher(Files.readString(PAGE));
    assertThat(example.find()).isTrue();
    DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of("-cp", System.getProperty("java.class.path"), "-d", directory.toString());

    boolean compiled =
        compiler
            .getTask(null, null, complaints, options, null, List.of(source(example.group(1))))
            .call();

    assertThat(compiled).as("%s", complaints.getDiagnostics()).isTrue();
  }

  private static JavaFileObject source(String body) {
    return new SimpleJavaFileObject(URI.create("string:///Shop.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return FRAME.formatted(body);
      }
    };
  }
}
