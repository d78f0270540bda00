package io.e5spark.sql.table;

import static io.e5spark.sql.catalyst.Plans.column;
import static io.e5spark.sql.catalyst.Plans.number;
import static io.e5spark.sql.catalyst.Plans.rows;
import static io.e5spark.sql.catalyst.Plans.string;
import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.sql.expression.AdjustedVector;
import io.e5spark.sql.expression.AdjustedVector.Adjustment;
import io.e5spark.sql.expression.E5Pack;
import io.e5spark.sql.expression.E5Similarity;
import io.e5spark.sql.expression.E5Unpack;
import io.e5spark.sql.expression.ScalaBridge;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

class TestDotRanking {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);
  private static final Attribute LEFT = column("left", FLOATS);
  private static final Attribute RIGHT = column("right", FLOATS);
  private static final Attribute BINARY = column("binary", DataTypes.BinaryType);
  private static final Expression SIMILARITY = new E5Similarity(LEFT, RIGHT);

  private static Optional<DotRanking> of(Expression ranking, boolean greatestFirst) {
    return DotRanking.of(
        new NearestBy(rows(LEFT, BINARY), rows(RIGHT), false, 3, ranking, greatestFirst));
  }

  @Test
  void similarityIsOneWhicheverSideComesFirst() {
    assertThat(of(SIMILARITY, true)).contains(new DotRanking(LEFT, RIGHT));
    assertThat(of(new E5Similarity(RIGHT, LEFT), true)).contains(new DotRanking(LEFT, RIGHT));
  }

  @Test
  void leastFirstIsTheOppositeOfTheLeftVector() {
    DotRanking opposite = new DotRanking(new AdjustedVector(LEFT, Adjustment.OPPOSITE), RIGHT);
    assertThat(of(SIMILARITY, false)).contains(opposite);
    assertThat(of(new UnaryMinus(SIMILARITY, false), true)).contains(opposite);
    assertThat(of(new Subtract(number(1), SIMILARITY), false))
        .contains(new DotRanking(LEFT, RIGHT));
  }

  @Test
  void packedVectorsAreUnpackedWhereTheySayWhatTheyAre() {
    Expression half = new E5Pack(ScalaBridge.seq(List.of(LEFT, string("half"))));
    Expression unpacked = new E5Unpack(ScalaBridge.seq(List.of(half, string("half"))));
    assertThat(of(new E5Similarity(half, RIGHT), true)).contains(new DotRanking(unpacked, RIGHT));
    assertThat(of(new E5Similarity(BINARY, RIGHT), true)).isEmpty();
  }

  @Test
  void anythingElseIsNone() {
    assertThat(of(new E5Similarity(LEFT, LEFT), true)).isEmpty();
    assertThat(of(new Add(SIMILARITY, SIMILARITY), true)).isEmpty();
    Expression nan = Literal.create(Double.NaN, DataTypes.DoubleType);
    assertThat(of(new Subtract(nan, SIMILARITY), true)).isEmpty();
    assertThat(of(LEFT, true)).isEmpty();
  }
}
