package io.searchloop.app.rewrites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.search.engine.Combination;
import io.searchloop.search.evaluation.Interval;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.synonym.SolrSynonymParser;
import org.apache.lucene.analysis.synonym.SynonymGraphFilter;
import org.apache.lucene.analysis.synonym.SynonymMap;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import querqy.rewrite.commonrules.SimpleCommonRulesParser;
import querqy.rewrite.commonrules.WhiteSpaceQuerqyParserFactory;
import querqy.rewrite.commonrules.model.BoostInstruction.BoostMethod;
import querqy.rewrite.commonrules.model.Instruction;
import querqy.rewrite.commonrules.model.SynonymInstruction;

/** What is written is read by the parsers of those who are to read it. */
class RuleExportTest {
  private static final List<RewriteWin> WINS =
      List.of(
          win("red couch", "scarlet sofa couch", Combination.UNION),
          win("möbel", "furniture", Combination.UNION),
          win("a, b => c # d \\ e", "x, y => z", Combination.UNION),
          win("field:x", "y", Combination.UNION),
          win("#1 dad", "mug", Combination.REPLACE));

  @TempDir private Path folder;

  @Test
  void lucenesParserReadsTheSynonymsThatWereWritten() throws Exception {
    RuleExport export = export(RuleFormat.SYNONYMS);
    SolrSynonymParser parser = new SolrSynonymParser(true, true, new WhitespaceAnalyzer());
    parser.parse(new StringReader(String.join("\n", export.lines())));
    SynonymMap synonyms = parser.build();

    assertThat(export.rules()).isEqualTo(5);
    assertThat(export.unsaid()).isZero();
    assertThat(words(synonyms, "red couch"))
        .containsExactlyInAnyOrder("red", "couch", "scarlet", "sofa", "couch");
    assertThat(words(synonyms, "a, b => c # d \\ e"))
        .containsExactlyInAnyOrder("a,", "b", "=>", "c", "#", "d", "\\", "e", "x,", "y", "=>", "z");
    assertThat(words(synonyms, "#1 dad")).containsExactly("mug");
    assertThat(words(synonyms, "blue couch")).containsExactly("blue", "couch");
  }

  @Test
  void querqysParserReadsTheRulesThatWereWritten() throws Exception {
    RuleExport export = export(RuleFormat.QUERQY);
    Set<Instruction> instructions =
        new SimpleCommonRulesParser(
                new StringReader(String.join("\n", export.lines())),
                true,
                new WhiteSpaceQuerqyParserFactory(),
                true,
                BoostMethod.ADDITIVE)
            .parse()
            .getInstructions();

    assertThat(export.rules()).isEqualTo(2);
    assertThat(export.unsaid()).isEqualTo(3);
    assertThat(instructions).hasSize(3).allMatch(SynonymInstruction.class::isInstance);
    assertThat(
            instructions.stream()
                .map(SynonymInstruction.class::cast)
                .peek(synonym -> assertThat(synonym.getTermBoost()).isEqualTo(.35f))
                .flatMap(synonym -> synonym.getGenerableTerms().stream())
                .map(term -> term.getValue().toString())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("scarlet", "sofa", "furniture");
    assertThat(export.lines()).contains("\"red couch\" =>", "  SYNONYM(0.35): sofa");
  }

  @Test
  void eachRuleStandsBeneathItsEvidence() {
    assertThat(export(RuleFormat.SYNONYMS).lines())
        .startsWith(
            "# Rewrites that earned more than their query as typed, by ./searchloop rewrites export")
        .containsSequence(
            "# 60 searches of 41 visitors, as typed 70 of 52; reward +0.5000 [+0.2000, +0.8000]; versions 4 to 9",
            "red couch => red couch, scarlet sofa couch")
        .contains("# about 3.0 of them would pass by luck if none changed anything.");
  }

  @Test
  void writesAFileWholeOrNotAtAll() throws Exception {
    Path file = folder.resolve("synonyms.txt");
    RuleExport export = export(RuleFormat.SYNONYMS);
    export.write(file);

    assertThat(Files.readAllLines(file)).isEqualTo(export.lines());
    assertThatThrownBy(() -> export.write(folder.resolve("none").resolve("file")))
        .hasMessageContaining("could not be written");
    assertThat(folder.toFile().list()).containsExactly("synonyms.txt");
  }

  private static RuleExport export(RuleFormat format) {
    return RuleExport.of(new RewriteWins(WINS, 7, 120, 0), format);
  }

  private static RewriteWin win(String query, String rewrite, Combination combination) {
    return new RewriteWin(
        query, rewrite, combination, .35, 60, 41, 70, 52, new Interval(.5, .2, .8), 4, 9);
  }

  /** Words of a query after the synonyms, as an index would see them. */
  private static List<String> words(SynonymMap synonyms, String query) throws Exception {
    Analyzer analyzer =
        new Analyzer() {
          @Override
          protected TokenStreamComponents createComponents(String field) {
            WhitespaceTokenizer words = new WhitespaceTokenizer();
            return new TokenStreamComponents(words, new SynonymGraphFilter(words, synonyms, true));
          }
        };
    List<String> found = new ArrayList<>();
    try (analyzer;
        TokenStream stream = analyzer.tokenStream("", query)) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        found.add(word.toString());
      }
      stream.end();
    }
    return found;
  }
}
