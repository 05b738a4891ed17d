@NullMarked
package dev.zamok.protocol;

import org.jspecify.annotations.NullMarked;
