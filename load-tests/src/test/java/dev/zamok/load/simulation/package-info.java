/** Gatling simulations. Each ends with the delivery audit, as a request of its own. */
package dev.zamok.load.simulation;
