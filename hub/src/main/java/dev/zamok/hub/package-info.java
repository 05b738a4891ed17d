@NullMarked
package dev.zamok.hub;

import org.jspecify.annotations.NullMarked;
