package io.e5spark.platform;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;

/**
 * A public method whose return type differs between the versions of Spark and Delta that one jar
 * runs on. A compiled call would name one of the types, so the method is called by its name.
 */
public final class VersionedCall {
  private VersionedCall() {}

  /**
   * Calls a method whose parameters are strings.
   *
   * @param type the public type that has it
   * @return its result; null if it returns nothing
   * @throws IllegalStateException if this version has no such method, or it throws a checked
   *     exception
   */
  public static Object call(Object receiver, Class<?> type, String name, String... arguments) {
    Class<?>[] parameters = new Class<?>[arguments.length];
    Arrays.fill(parameters, String.class);
    try {
      return MethodHandles.publicLookup()
          .unreflect(type.getMethod(name, parameters))
          .bindTo(receiver)
          .invokeWithArguments(List.of(arguments));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      // Checked exceptions of Scala code keep their message, which says what failed.
      String message =
          e instanceof ReflectiveOperationException
              ? "Cannot call " + type.getName() + "." + name
              : String.valueOf(e.getMessage());
      throw new IllegalStateException(message, e);
    }
  }
}
