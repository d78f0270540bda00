package io.e5spark.report;

import io.e5spark.platform.Resource;

/** Chart.js, which pages include so that they need no network. */
public final class ChartLibrary {
  private static final String SCRIPT = "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.js";

  private ChartLibrary() {}

  /** Its script, safe inside a script element. */
  public static String script() {
    String resource = SCRIPT.formatted(Versions.read().of("chart.js"));
    return new Resource(ChartLibrary.class, resource).text().replace("</script", "<\\/script");
  }
}
