@NullMarked
package dev.zamok.crypto;

import org.jspecify.annotations.NullMarked;
