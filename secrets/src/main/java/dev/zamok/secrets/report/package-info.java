/** Which secrets are weak, used twice, or old. */
@NullMarked
package dev.zamok.secrets.report;

import org.jspecify.annotations.NullMarked;
