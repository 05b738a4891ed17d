/** What importers share: limits, the report, and how foreign values become a secret. */
@NullMarked
package dev.zamok.secrets.intake;

import org.jspecify.annotations.NullMarked;
