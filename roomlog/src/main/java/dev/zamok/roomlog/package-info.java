@NullMarked
package dev.zamok.roomlog;

import org.jspecify.annotations.NullMarked;
