package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EventsCommandTest {
  private static final String GOOD =
      "{'client_id':'c','query_id':'q','action_name':'click','timestamp':5,'object_id':'p'}";
  private static final String MIXED =
      String.join(
          "\n",
          GOOD,
          "",
          "{'client_id':'c','query_id':'q','action_name':'clikc','timestamp':5,'object_id':'p'}",
          "not json",
          "{'client_id':'c','query_id':'q','action_name':'click','timestamp':5,'obiect_id':'p'}",
          "{'client_id':'c','client_id':'d','query_id':'q','action_name':'query','timestamp':5}",
          GOOD);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  @Test
  void acceptsAFileOfGoodEvents() throws Exception {
    assertThat(validate(file("good.jsonl", GOOD + "\n" + GOOD))).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("2 lines: 2 events can be used, 0 cannot", "2 click");
  }

  @Test
  void namesEachBadEventByLineAndField() throws Exception {
    assertThat(validate(file("mixed.jsonl", MIXED))).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString().lines())
        .anyMatch(
            line ->
                line.startsWith("line 3: UNKNOWN_ACTION: `action_name` is 'clikc', expected one of")
                    && line.contains("add_to_cart"))
        .anyMatch(line -> line.startsWith("line 4: MALFORMED: event is no JSON"))
        .anyMatch(line -> line.startsWith("line 5: INVALID_FIELD: `obiect_id` is unknown"))
        .anyMatch(line -> line.startsWith("line 6: MALFORMED: ") && line.contains("each name once"))
        .contains("6 lines: 2 events can be used, 4 cannot", "          2 bad: MALFORMED");
  }

  @Test
  void reportsAsJson() throws Exception {
    assertThat(validate(file("mixed.jsonl", MIXED), "--output", "json")).isEqualTo(ExitCode.FAILED);

    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.get("lines").asLong()).isEqualTo(6);
    assertThat(report.get("usable").get("click").asLong()).isEqualTo(2);
    assertThat(report.get("bad").get("MALFORMED").asLong()).isEqualTo(2);
    JsonNode first = report.get("first_bad").get(0);
    assertThat(first.get("line").asLong()).isEqualTo(3);
    assertThat(first.get("field").asText()).isEqualTo("action_name");
    assertThat(first.get("expected").asText()).contains("remove_from_cart");
    assertThat(first.get("remedy").asText()).isNotBlank();
  }

  @Test
  void takesAnEventOfAnotherFormatWholeOrNotAtAll() throws Exception {
    String ga4 =
        "{'client_id':'c','timestamp_micros':5000,'events':["
            + "{'name':'add_to_cart','params':{'items':[{'item_id':'a'},{'item_name':'b'}]}},"
            + "{'name':'page_view'},{'name':'add_to_cart','params':{'items':[{'item_id':'a'}]}}]}";

    assertThat(validate(file("ga4.jsonl", ga4), "--format", "ga4")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString())
        .contains("line 1: MISSING_FIELD: `items[1].item_id` is missing")
        .contains("1 add_to_cart")
        .contains("1 left out: event 'page_view'");
  }

  @Test
  void readsUbiFromAStreamAndGzip() throws Exception {
    String ubi =
        json(
            "{'action_name':'click','query_id':'q','client_id':'c','timestamp':'2026-01-31T12:00:00Z',"
                + "'event_attributes':{'object':{'object_id':'p'},'position':{'ordinal':1}}}");
    InputStream terminal = System.in;
    try {
      System.setIn(new ByteArrayInputStream(ubi.getBytes(StandardCharsets.UTF_8)));
      assertThat(execute("validate", "-", "--format", "ubi")).isEqualTo(ExitCode.OK);
    } finally {
      System.setIn(terminal);
    }
    Path packed = directory.resolve("ubi.jsonl.gz");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(ubi.getBytes(StandardCharsets.UTF_8));
    }
    Files.write(packed, bytes.toByteArray());
    assertThat(execute("validate", packed.toString(), "--format", "ubi")).isEqualTo(ExitCode.OK);
  }

  @Test
  void survivesLinesThatAreNoTextAndLinesWithoutEnd() throws Exception {
    Path file = directory.resolve("odd.jsonl");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});
    bytes.write("x".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8));
    bytes.write(("\n" + json(GOOD)).getBytes(StandardCharsets.UTF_8));
    Files.write(file, bytes.toByteArray());

    assertThat(execute("validate", file.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString())
        .contains("line 1: MALFORMED: event is no UTF-8")
        .contains("line 2: OVERSIZED: event is 1048577 bytes")
        .contains("3 lines: 1 events can be used, 2 cannot");
  }

  @Test
  void sendsNothingWhenAnyEventIsBad() throws Exception {
    String file = file("mixed.jsonl", MIXED);

    assertThat(execute("send", file, "--url", "http://127.0.0.1:1")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString()).contains("line 3: ").contains("Nothing was sent");
  }

  @Test
  void refusesWrongCommandLinesByName() throws Exception {
    String file = file("good.jsonl", GOOD);

    assertThat(execute("validate", "no-such.jsonl")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("There is no file no-such.jsonl");
    assertThat(execute("validate", file, "--format", "csv")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("'csv'", "expected jsonl, ubi or ga4");
    assertThat(execute("validate", file, "--format", "ga4", "--first-index", "2"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(execute("send", file)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--kafka", "--url");
    assertThat(execute("send", file, "--url", "localhost:8080")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--url is 'localhost:8080'", "such as http://");
    assertThat(execute("send", file, "--kafka", "127.0.0.1:1", "--registry", "127.0.0.1"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--registry is '127.0.0.1'");
    assertThat(execute("send", "-", "--url", "http://127.0.0.1:1")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("--skip-bad");
  }

  private int validate(String file, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "validate";
    all[1] = file;
    System.arraycopy(more, 0, all, 2, more.length);
    return execute(all);
  }

  private int execute(String... arguments) {
    return new CommandLine(new EventsCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), json(text)).toString();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
