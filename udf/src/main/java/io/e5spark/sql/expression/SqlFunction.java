package io.e5spark.sql.expression;

import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import scala.Function1;
import scala.collection.immutable.Seq;

/**
 * The functions as SQL knows them: their names, their arguments, and what {@code DESCRIBE FUNCTION}
 * says.
 */
public enum SqlFunction {
  E5_EMBED(
      1,
      4,
      "_FUNC_(text [, input_type [, model [, settings]]]) - Returns the E5 vector of a text, an array of floats with norm 1.",
      """
          * text - a string, or an array of strings, which gives an array of vectors
          * input_type - 'query' (the default) or 'passage', a literal. Texts that are searched are
            passages: embed them as 'passage', or retrieval quality suffers.
          * model - the model to use instead of spark.e5.model, a literal
          * settings - a map of literals that replace spark.e5.*, such as map('max-tokens', '256')
      """,
      """
          > SELECT size(_FUNC_('how much protein', 'query'));
           384
      """) {
    @Override
    Expression call(Seq<Expression> arguments, Settings settings) {
      return new UnevaluableEmbed(arguments, settings, OnError.FAIL);
    }
  },
  TRY_E5_EMBED(
      1,
      4,
      "_FUNC_(text [, input_type [, model [, settings]]]) - Returns a struct of a text's E5 vector, its token count, whether"
          + " it was truncated, and the error if there was one. A text that cannot be embedded does not"
          + " fail the query.",
      """
          * text - a string
          * input_type - 'query' (the default) or 'passage', a literal
          * model - the model to use instead of spark.e5.model, a literal
          * settings - a map of literals that replace spark.e5.*, such as map('max-tokens', '256')
      """,
      """
          > SELECT _FUNC_('how much protein').tokens;
           7
      """) {
    @Override
    Expression call(Seq<Expression> arguments, Settings settings) {
      return new UnevaluableEmbed(arguments, settings, OnError.NULL);
    }
  },
  E5_SIMILARITY(
      2,
      2,
      "_FUNC_(a, b) - Returns the dot product of two vectors of the same dimension, a double. For two E5 vectors,"
          + " it is the cosine. The result is null if a vector is null or has a null element.",
      """
          * a, b - array<float>, array<tinyint> or binary: a packed, half or binary vector, as its
            column says, or as its size shows beside a vector of known dimension
      """,
      """
          > SELECT _FUNC_(array(1f, 0f), array(1f, 0f));
           1.0
      """) {
    @Override
    Expression call(Seq<Expression> arguments, Settings settings) {
      return new E5Similarity(arguments.apply(0), arguments.apply(1));
    }
  },
  E5_TOKENS(
      1,
      4,
      "_FUNC_(text [, input_type [, model [, settings]]]) - Returns the number of tokens of a text before truncation, including the prefix and the"
          + " special tokens.",
      """
          * text - a string
          * input_type, model, settings - the same as for e5_embed
      """,
      """
          > SELECT _FUNC_('how much protein');
           7
      """) {
    @Override
    Expression call(Seq<Expression> arguments, Settings settings) {
      return E5Tokens.of(arguments, settings);
    }
  },
  E5_CHUNKS(
      1,
      7,
      "_FUNC_(text [, tokens [, overlap [, model [, title [, settings [, input_type]]]]]]) - Cuts a text into chunks that the"
          + " model reads whole, as structs of position, start, end, tokens and text. The result is null"
          + " if the text is null, and empty if the text is.",
      """
          * text - a string
          * tokens - the budget of a chunk in tokens, including the prefix and the special tokens, a
            literal, 256 by default
          * overlap - the most tokens that a chunk repeats from the one before, a literal, by default an
            eighth of tokens
          * model - the model to use instead of spark.e5.model, a literal
          * title - a string that is put in front of each chunk, within the budget
          * settings - a map of literals that replace spark.e5.*
          * input_type - 'passage' (the default) or 'query', a literal
      """,
      """
          > SELECT _FUNC_('how much protein')[0].tokens;
           7
      """) {
    @Override
    Expression call(Seq<Expression> arguments, Settings settings) {
      return new ChunkArguments(arguments).call(settings);
    }

    @Override
    Expression callWithSettings(Seq<Expression> given, Settings session) {
      return call(given, session);
    }
  },
  E5_PACK(
      1,
      2,
      "_FUNC_(vector [, type]) - Packs a vector into one binary value: four bytes per component, little-endian floats. The"
          + " result is null if the vector is null.",
      """
          * vector - array<float> without null elements
          * type - 'packed' (the default), 'half' (IEEE 754 binary16) or 'binary' (one sign per bit), a literal
      """,
      """
          > SELECT hex(_FUNC_(array(1f, -2f)));
           0000803F000000C0
      """) {
    @Override
    Expression call(Seq<Expression> arguments, Settings settings) {
      return new E5Pack(arguments);
    }
  },
  E5_UNPACK(
      1,
      2,
      "_FUNC_(vector [, type]) - Returns the components of a vector in one binary value, an array of floats. The result is null"
          + " if the vector is null.",
      """
          * vector - a binary value that e5_pack made
          * type - 'packed', 'half' or 'binary', a literal; without it, what the column states
      """,
      """
          > SELECT _FUNC_(X'0000803F000000C0', 'packed')[1];
           -2.0
      """) {
    @Override
    Expression call(Seq<Expression> arguments, Settings settings) {
      return new E5Unpack(arguments);
    }
  };

  /**
   * The release of this project that introduced the functions, which does not change with later
   * releases.
   */
  public static final String SINCE = "0.1.0";

  private final int fewest;
  private final int most;
  private final String usage;
  private final String arguments;
  private final String examples;

  SqlFunction(int fewest, int most, String usage, String arguments, String examples) {
    this.fewest = fewest;
    this.most = most;
    this.usage = usage;
    this.arguments = "\n    Arguments:\n" + arguments.indent(2) + "  ";
    this.examples = "\n    Examples:\n" + examples.indent(2) + "  ";
  }

  /** The call with these arguments, as the analyzer has it. */
  abstract Expression call(Seq<Expression> arguments, Settings settings);

  public String sqlName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The name in {@link io.e5spark.sql.E5FunctionCatalog}. */
  public String catalogName() {
    return sqlName().replace("e5_", "");
  }

  private Class<? extends Expression> expression() {
    return switch (this) {
      case E5_EMBED, TRY_E5_EMBED -> E5Embed.class;
      case E5_SIMILARITY -> E5Similarity.class;
      case E5_TOKENS -> E5Tokens.class;
      case E5_CHUNKS -> E5Chunks.class;
      case E5_PACK -> E5Pack.class;
      case E5_UNPACK -> E5Unpack.class;
    };
  }

  public ExpressionInfo info() {
    return new ExpressionInfo(
        expression().getName(),
        null,
        sqlName(),
        usage,
        arguments,
        examples,
        "",
        "misc_funcs",
        SINCE,
        "",
        "java_udf");
  }

  public Function1<Seq<Expression>, Expression> builder() {
    return arguments -> checkedCall(arguments, SessionSettings.active());
  }

  /**
   * The call with these arguments; throws Spark's own exception if there are too few or too many.
   */
  public Expression checkedCall(Seq<Expression> given, Settings settings) {
    new ArgumentCount(fewest, most).require(sqlName(), given.size());
    return callWithSettings(given, settings);
  }

  /** The call with arguments that may contain settings. */
  Expression callWithSettings(Seq<Expression> given, Settings session) {
    requirePositions(given);
    Settings own = SettingsArgument.of(sqlName(), given, session);
    return call(SettingsArgument.without(given), own);
  }

  private void requirePositions(Seq<Expression> given) {
    for (Expression argument : ScalaBridge.list(given)) {
      if (argument instanceof NamedArgumentExpression named) {
        throw new IllegalArgumentException(
            "Cannot call %1$s: argument %2$s is given by name (%1$s takes its arguments by position)"
                .formatted(sqlName(), named.key()));
      }
    }
  }

  public static List<SqlFunction> all() {
    return List.of(values());
  }
}
