package io.siprec.benchmarks.setup;

import java.util.Properties;
import java.util.TooManyListenersException;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** The smallest answering user agent on JAIN SIP's reference implementation; reads no body. */
final class JainUas implements SipListener {
    private static final String ANSWER = "v=0\r\no=uas 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 20000 RTP/AVP 0\r\na=recvonly\r\nm=audio 20002 RTP/AVP 0\r\na=recvonly\r\n";

    private final SipFactory factory;
    private final SipProvider provider;
    private final String contact;

    private JainUas(SipFactory factory, SipProvider provider, int port) {
        this.factory = factory;
        this.provider = provider;
        this.contact = "sip:srs@127.0.0.1:" + port;
    }

    /** Prints the port, then answers until the process is ended. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        Properties settings = new Properties();
        settings.setProperty("javax.sip.STACK_NAME", "benchmark");
        settings.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "4");
        settings.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        settings.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "0");
        settings.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "4194304");
        settings.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "4194304");
        SipStack stack = factory.createSipStack(settings);
        ListeningPoint point = stack.createListeningPoint("127.0.0.1", port, ListeningPoint.UDP);
        SipProvider provider = stack.createSipProvider(point);
        listen(provider, new JainUas(factory, provider, port));
        System.out.println(port);
        Thread.currentThread().join();
    }

    private static void listen(SipProvider provider, SipListener listener) throws TooManyListenersException {
        provider.addSipListener(listener);
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        try {
            if (request.getMethod().equals(Request.INVITE)) {
                answer(event, request);
            } else if (request.getMethod().equals(Request.BYE)) {
                Response ok = factory.createMessageFactory().createResponse(200, request);
                event.getServerTransaction().sendResponse(ok);
            }
        } catch (SipException | InvalidArgumentException | java.text.ParseException e) {
            System.err.println(e);
        }
    }

    private void answer(RequestEvent event, Request request)
            throws SipException, InvalidArgumentException, java.text.ParseException {
        ServerTransaction transaction = event.getServerTransaction();
        if (transaction == null) {
            transaction = provider.getNewServerTransaction(request);
        }
        Response ok = factory.createMessageFactory().createResponse(200, request);
        ((ToHeader) ok.getHeader(ToHeader.NAME)).setTag(Long.toHexString(System.nanoTime()));
        ok.addHeader(factory.createHeaderFactory()
                .createContactHeader(factory.createAddressFactory()
                        .createAddress(factory.createAddressFactory().createURI(contact))));
        ContentTypeHeader type = factory.createHeaderFactory().createContentTypeHeader("application", "sdp");
        ok.setContent(ANSWER, type);
        transaction.sendResponse(ok);
    }

    @Override
    public void processResponse(ResponseEvent event) {}

    @Override
    public void processTimeout(TimeoutEvent event) {}

    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}
}
