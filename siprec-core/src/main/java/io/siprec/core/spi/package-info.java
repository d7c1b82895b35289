/** What a session store implements. */
package io.siprec.core.spi;
