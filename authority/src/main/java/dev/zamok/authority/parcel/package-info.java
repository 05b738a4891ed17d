/** Copies of single secrets, sealed to an account, until it takes them. */
@NullMarked
package dev.zamok.authority.parcel;

import org.jspecify.annotations.NullMarked;
