import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One node of OpenSearch in a process of its own, so that its Lucene never meets ours: {@code java
 * -cp CLASSPATH OpenSearchNode.java FOLDER}. Prints its port, and ends with its input.
 */
public final class OpenSearchNode {
  public static void main(String[] args) throws Exception {
    OpenSearchRunner runner = new OpenSearchRunner();
    runner.onBuild(
        (number, settings) -> {
          settings.put("discovery.type", "single-node");
          settings.putList("http.bind_host", List.of("127.0.0.1"));
          settings.put("http.port", "0");
          settings.put("transport.port", "0");
          settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
    runner.build(
        OpenSearchRunner.newConfigs()
            .basePath(args[0])
            .clusterName("searchloop-test")
            .numOfNode(1)
            .useLogger());
    System.out.println(
        "PORT "
            + runner
                .node()
                .injector()
                .getInstance(org.opensearch.http.HttpServerTransport.class)
                .boundAddress()
                .publishAddress()
                .getPort());
    while (System.in.read() >= 0) {
      // Whoever started this node closes its input.
    }
    runner.close();
    System.exit(0);
  }
}
