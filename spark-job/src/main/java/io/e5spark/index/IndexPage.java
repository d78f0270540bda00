package io.e5spark.index;

import com.samskivert.mustache.Mustache;
import io.e5spark.platform.Resource;
import io.e5spark.report.ChartLibrary;
import io.e5spark.report.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A measured index as one page that needs no network, with the curve of the recall and its numbers.
 */
public final class IndexPage {
  private IndexPage() {}

  /** A point as texts. */
  record Line(String probes, String at10, String at100, String rows, String bytes, String seconds) {
    static Line of(RecallPoint point) {
      return new Line(
          Integer.toString(point.probes()),
          number("%.4f", point.recallAt10()),
          number("%.4f", point.recallAt100()),
          number("%.2f %%", 100 * point.rows()),
          point.bytes() == null ? "" : number("%.2f %%", 100 * point.bytes()),
          point.seconds() == null ? "" : number("%.3f", point.seconds()));
    }
  }

  /** The page. */
  public static String of(IndexReport report) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("style", new Resource(Json.class, "page.css").text());
    page.put("report", report);
    page.put("rows", number("%,d", report.rows()));
    page.put("lists", number("%,d", report.lists()));
    page.put("unlisted", number("%,d", report.unlisted()));
    page.put("kind", report.queriesAreRows() ? "rows of the table" : "queries");
    page.put("lines", report.points().stream().map(Line::of).toList());
    page.put(
        "exactSeconds",
        report.exactSeconds() == null ? List.of() : List.of(number("%.3f", report.exactSeconds())));
    page.put("points", Json.inScript(report.points()));
    page.put("library", ChartLibrary.script());
    page.put("script", text("index.js"));
    return Mustache.compiler().compile(text("index.mustache")).execute(page);
  }

  private static String number(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String text(String resource) {
    return new Resource(IndexPage.class, resource).text();
  }
}
