/** Room secrets, how they are handed to members, and the sealed room name. */
@NullMarked
package dev.zamok.crypto.room;

import org.jspecify.annotations.NullMarked;
