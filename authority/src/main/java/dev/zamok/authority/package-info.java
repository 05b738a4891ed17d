@NullMarked
package dev.zamok.authority;

import org.jspecify.annotations.NullMarked;
