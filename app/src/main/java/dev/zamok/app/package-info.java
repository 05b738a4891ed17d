@NullMarked
package dev.zamok.app;

import org.jspecify.annotations.NullMarked;
