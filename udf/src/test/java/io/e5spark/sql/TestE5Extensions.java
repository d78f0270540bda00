package io.e5spark.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.junit.jupiter.api.Test;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;

class TestE5Extensions {
  private static final class Recorded extends SparkSessionExtensions {
    private final List<String> functions = new ArrayList<>();

    @Override
    public void injectFunction(
        Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>>
            function) {
      functions.add(function._1().funcName());
    }
  }

  @Test
  void aSessionThatIsNamedAndFoundThemTooIsExtendedOnce() {
    Recorded session = new Recorded();
    new E5Extensions().apply(session);
    new E5Extensions().apply(session);
    assertThat(session.functions).contains("e5_embed", "try_e5_embed").doesNotHaveDuplicates();
  }

  @Test
  void everySessionIsExtended() {
    Recorded second = new Recorded();
    new E5Extensions().apply(new Recorded());
    new E5Extensions().apply(second);
    assertThat(second.functions).contains("e5_embed");
  }
}
