/** Whose key it is: asked of a person before anything is sealed to it. */
@NullMarked
package dev.zamok.app.card;

import org.jspecify.annotations.NullMarked;
