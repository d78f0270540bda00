package io.e5spark.eval.report;

import java.util.Map;
import java.util.Set;

/** Texts by id, for those ids that exist. */
interface ReportTexts {
  Map<String, Passage> documents(Set<String> ids);

  Map<String, String> queries(Set<String> ids);
}
