/** The fault suite: real processes killed, stopped and started again under audited traffic. */
@NullMarked
package dev.zamok.load.faults;

import org.jspecify.annotations.NullMarked;
