/** The loop: selector, timers, tasks, counters. */
package io.siprec.sip.internal.loop;
