/** What a crash left is made whole again. */
package io.siprec.server.internal.repair;
