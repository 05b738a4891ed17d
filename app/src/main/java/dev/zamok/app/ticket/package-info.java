/** Keys and tickets for a hub that runs without our authority. */
@NullMarked
package dev.zamok.app.ticket;

import org.jspecify.annotations.NullMarked;
