/** Several loops as one endpoint: who owns which Call-ID, and how one loop hands over to another. */
package io.siprec.sip.internal.group;
