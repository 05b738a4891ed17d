@NullMarked
package dev.zamok.client;

import org.jspecify.annotations.NullMarked;
