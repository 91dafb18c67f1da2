package io.searchloop.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The console in a browser; whatever the browser complains about fails the test. */
final class WatchedPage implements AutoCloseable {
  private static final int HEIGHT = 900;
  private static final double PATIENCE_MS = 60_000;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private WatchedPage(BrowserContext context) {
    this.context = context;
    this.page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
    page.onPageError(complaints::add);
    page.onRequestFailed(request -> complaints.add(request.url() + ": " + request.failure()));
    page.onResponse(
        response -> {
          if (response.status() >= 400) {
            complaints.add(response.url() + ": " + response.status());
          }
        });
  }

  static WatchedPage open(Browser browser, String url, int width, ColorScheme scheme) {
    return open(
        browser,
        url,
        new Browser.NewContextOptions().setViewportSize(width, HEIGHT).setColorScheme(scheme));
  }

  /** As somebody who types name and password when the browser asks. */
  static WatchedPage openAs(Browser browser, String url, String name, String password) {
    return open(browser, url, new Browser.NewContextOptions().setHttpCredentials(name, password));
  }

  private static WatchedPage open(Browser browser, String url, Browser.NewContextOptions options) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    WatchedPage watched = new WatchedPage(browser.newContext(options));
    watched.page.navigate(url);
    return watched;
  }

  Locator at(String selector) {
    return page.locator(selector);
  }

  void awaitText(String selector, String text) {
    PlaywrightAssertions.assertThat(at(selector)).containsText(text);
  }

  void awaitVisible(String selector) {
    PlaywrightAssertions.assertThat(at(selector).first()).isVisible();
  }

  void awaitFocus(String selector) {
    PlaywrightAssertions.assertThat(at(selector)).isFocused();
  }

  void press(String key) {
    page.keyboard().press(key);
  }

  void type(String text) {
    page.keyboard().type(text);
  }

  /** Says who and why in the open dialogue, and goes on. */
  void confirm() {
    at("#ask [name=who]").fill("anna");
    at("#ask [name=why]").fill("as tested");
    at("#ask-yes").click();
  }

  /** Pixels that the page is wider than its window. */
  int overflow() {
    return ((Number) page.evaluate("document.documentElement.scrollWidth - innerWidth")).intValue();
  }

  void screenshot(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }

  /** Forgets complaints of a refusal that the test provoked. */
  void forgive(int status) {
    assertThat(complaints).isNotEmpty().allSatisfy(one -> assertThat(one).contains("" + status));
    complaints.clear();
  }

  @Override
  public void close() {
    page.navigate("about:blank");
    complaints.removeIf(complaint -> complaint.endsWith(": net::ERR_ABORTED")); // by leaving
    context.close();
    assertThat(complaints).isEmpty();
  }
}
