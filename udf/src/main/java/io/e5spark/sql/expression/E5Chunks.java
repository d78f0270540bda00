package io.e5spark.sql.expression;

import io.e5spark.chunk.Chunk;
import io.e5spark.chunk.Chunking;
import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.TextEmbedder;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * {@code e5_chunks(text [, tokens [, overlap [, model [, title [, settings [, input_type]]]]]])}: a
 * text in chunks that the model reads whole, as structs; null for null.
 */
public final class E5Chunks extends Expression implements CodegenFallback, Serializable {
  private static final DataType TYPE =
      new ArrayType(
          new StructType()
              .add("position", DataTypes.IntegerType, false)
              .add("start", DataTypes.IntegerType, false)
              .add("end", DataTypes.IntegerType, false)
              .add("tokens", DataTypes.IntegerType, false)
              .add("text", DataTypes.StringType, false),
          false);

  private final Seq<Expression> texts;
  private final Chunking chunking;
  private final Settings settings;
  private final InputType type;

  /** Cuts the texts of all rows of a task. */
  private transient @Nullable TextEmbedder cutting;

  /**
   * A call.
   *
   * @param texts the text, followed by its title if there is one
   * @param type the side of a search that the chunks are embedded for
   */
  E5Chunks(Seq<Expression> texts, Chunking chunking, Settings settings, InputType type) {
    this.texts = texts;
    this.chunking = chunking;
    this.settings = settings;
    this.type = type;
  }

  private Expression text() {
    return texts.head();
  }

  @Override
  public Seq<Expression> children() {
    return texts;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new E5Chunks(children, chunking, settings, type);
  }

  @Override
  public DataType dataType() {
    return TYPE;
  }

  @Override
  public boolean nullable() {
    return text().nullable();
  }

  @Override
  public boolean foldable() {
    return ScalaBridge.list(texts).stream().allMatch(Expression::foldable);
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    for (Expression text : ScalaBridge.list(texts)) {
      DataType found = text.dataType();
      if (!(found instanceof StringType || found instanceof NullType)) {
        return new TypeCheckResult.TypeCheckFailure(
            "e5_chunks needs a string%s, got %s"
                .formatted(text == text() ? "" : " as title", found.sql()));
      }
    }
    return TypeCheckResult.TypeCheckSuccess$.MODULE$;
  }

  @Override
  public @Nullable Object eval(InternalRow row) {
    Object text = text().eval(row);
    if (text == null) {
      return null;
    }
    Object title = texts.size() < 2 ? null : texts.last().eval(row);
    List<Chunk> chunks =
        cutting().chunks(chunking, type, title == null ? "" : title.toString(), text.toString());
    return new GenericArrayData(chunks.stream().map(E5Chunks::struct).toArray());
  }

  private TextEmbedder cutting() {
    TextEmbedder own = cutting;
    if (own == null) {
      EmbedderPlan plan = Models.plan(settings);
      chunking.requireWithin(plan.settings().vectors().maxTokens());
      own = Models.tokenizing(plan);
      cutting = own;
    }
    return own;
  }

  private static InternalRow struct(Chunk chunk) {
    return new GenericInternalRow(
        new Object[] {
          chunk.position(),
          chunk.start(),
          chunk.end(),
          chunk.tokens(),
          UTF8String.fromString(chunk.text())
        });
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public String prettyName() {
    return "e5_chunks";
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof E5Chunks;
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> texts;
      case 1 -> chunking;
      case 2 -> settings;
      case 3 -> type;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof E5Chunks that
        && texts.equals(that.texts)
        && chunking.equals(that.chunking)
        && settings.equals(that.settings)
        && type == that.type;
  }

  @Override
  public int hashCode() {
    return Objects.hash(texts, chunking, settings, type);
  }
}
