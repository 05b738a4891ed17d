/** A copy of one secret, sealed to the card of one account. */
@NullMarked
package dev.zamok.crypto.parcel;

import org.jspecify.annotations.NullMarked;
