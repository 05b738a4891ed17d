package dev.zamok.protocol;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/** The numbered checks of {@code PROTOCOL.md} or {@code CONTENT.md} that a test is about. */
@Target(ElementType.METHOD)
public @interface Checks {
  String[] value();
}
