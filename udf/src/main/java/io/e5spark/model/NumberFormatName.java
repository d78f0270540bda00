package io.e5spark.model;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** A precision as JSON has it: its name. */
final class NumberFormatName extends TypeAdapter<NumberFormat> {
  @Override
  public void write(JsonWriter out, NumberFormat precision) throws IOException {
    out.value(precision.toString());
  }

  @Override
  public NumberFormat read(JsonReader in) throws IOException {
    return NumberFormat.of(in.nextString());
  }
}
