/** Epochs of rooms: their rekeys and shares, and how a new one comes about. */
@NullMarked
package dev.zamok.authority.epoch;

import org.jspecify.annotations.NullMarked;
