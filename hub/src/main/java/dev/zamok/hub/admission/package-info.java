/** From bytes to admitted frames: tickets, rights and rates. Numbered checks: see CHECKS.md. */
@NullMarked
package dev.zamok.hub.admission;

import org.jspecify.annotations.NullMarked;
