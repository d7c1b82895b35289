/** What a session store implements, and the store that keeps sessions in memory. */
package io.siprec.core.spi;
