/** The user agent: what it does with requests, its dialogs, its own calls. */
package io.siprec.sip.internal.dialog;
