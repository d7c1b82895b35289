/** Threads beside the loops: for files, the store, and the application's listeners. */
package io.siprec.server.internal.work;
