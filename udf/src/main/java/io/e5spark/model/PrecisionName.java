package io.e5spark.model;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** A precision as JSON has it: its name. */
final class PrecisionName extends TypeAdapter<Precision> {
  @Override
  public void write(JsonWriter out, Precision precision) throws IOException {
    out.value(precision.toString());
  }

  @Override
  public Precision read(JsonReader in) throws IOException {
    return Precision.of(in.nextString());
  }
}
