/** The endpoint of the SIP stack and what an application sees of it: invitations, dialogs, requests. */
package io.siprec.sip;
