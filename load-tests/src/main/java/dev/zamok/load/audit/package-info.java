/**
 * The delivery audit: judges a recorded run by what design §6 promises for the acknowledgement
 * level in use. Pure; no I/O, no clock.
 */
@NullMarked
package dev.zamok.load.audit;

import org.jspecify.annotations.NullMarked;
