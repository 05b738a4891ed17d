/** The CSV files of Chrome and 1Password. */
@NullMarked
package dev.zamok.secrets.csv;

import org.jspecify.annotations.NullMarked;
