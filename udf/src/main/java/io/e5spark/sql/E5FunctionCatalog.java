package io.e5spark.sql;

import io.e5spark.sql.catalyst.CatalogFunction;
import io.e5spark.sql.expression.SessionSettings;
import io.e5spark.sql.expression.SqlFunction;
import java.util.List;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The functions as members of a catalog: {@code
 * spark.sql.catalog.e5=io.e5spark.sql.E5FunctionCatalog}: {@code e5.fn.embed(text)}, {@code
 * e5.fn.try_embed}, {@code e5.fn.similarity}, {@code e5.fn.tokens}, {@code e5.fn.chunks}, {@code
 * e5.fn.pack}, {@code e5.fn.unpack}. Unlike injected functions, they work in persistent views on
 * every version of Spark.
 */
public final class E5FunctionCatalog implements FunctionCatalog {
  private static final String NAMESPACE = "fn";

  private String name = "e5";

  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap options) {
    name = catalog;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) throws NoSuchNamespaceException {
    if (!isOurs(namespace)) {
      throw new NoSuchNamespaceException(namespace);
    }
    return SqlFunction.all().stream()
        .map(function -> Identifier.of(new String[] {NAMESPACE}, function.catalogName()))
        .toArray(Identifier[]::new);
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    for (SqlFunction function : SqlFunction.all()) {
      if (isOurs(identifier.namespace()) && function.catalogName().equals(identifier.name())) {
        return new CatalogFunction(function, SessionSettings.active(), List.of());
      }
    }
    throw new NoSuchFunctionException(identifier);
  }

  private static boolean isOurs(String[] namespace) {
    return namespace.length == 1 && namespace[0].equals(NAMESPACE);
  }
}
