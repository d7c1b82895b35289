/** Whether one more call can be recorded. */
package io.siprec.server.internal.admission;
