@NullMarked
package dev.zamok.cluster.process;

import org.jspecify.annotations.NullMarked;
