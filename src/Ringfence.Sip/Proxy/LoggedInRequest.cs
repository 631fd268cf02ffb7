using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Proxy;

/// <summary>
/// A request within a proxied call to a place that knows this proxy by a login: forwarded with state and with credentials, and once
/// more when it is challenged all the same, since the caller has nothing to answer with (RFC 3261 §22.3).
/// </summary>
internal sealed class LoggedInRequest(
    TransactionLayer transactions,
    LoggedInRequest.Writer writer,
    ForwardedResponse responses,
    SipRequest request,
    Peer next,
    DigestClient client
) : IServerUser, IClientUser
{
    private readonly DigestExchange _exchange = new(client);
    private ServerTransaction? _server;
    private ClientTransaction? _client;

    /// <summary>Writes the request as it goes on.</summary>
    /// <param name="branch">The branch of this sending.</param>
    /// <param name="credentials">What it is sent with; null for nothing.</param>
    /// <param name="isAgain">True for the second sending.</param>
    internal delegate ReadOnlySpan<byte> Writer(in Token branch, HeaderField? credentials, bool isAgain);

    internal void Begin(in Peer from)
    {
        if (transactions.Accept(from, request, this) is not { } server)
        {
            return;
        }

        _server = server;
        bool isKnown = _exchange.TryBegin(next, Method, request.RequestUri, request.Body, out DigestHeader header);
        Send(isKnown ? new HeaderField(header.Id, header.Value) : null, isAgain: false);
    }

    void IServerUser.OnAck(ServerTransaction transaction, SipRequest ack) { }

    void IServerUser.OnCancel(ServerTransaction transaction, SipRequest cancel) =>
        _client!.Cancel(cancel.Value(HeaderId.Reason));

    void IServerUser.OnTerminated(ServerTransaction transaction) => _server = null;

    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response)
    {
        if (response.StatusCode == 100)
        {
            return;
        }

        if (
            response.StatusCode is 401 or 407
            && _exchange.TryAnswer(next, response, Method, request.RequestUri, request.Body, out DigestHeader header)
        )
        {
            Send(new HeaderField(header.Id, header.Value), isAgain: true);
        }
        else if (_server is { } server)
        {
            server.SendReply(response.StatusCode, responses.Write(response, request));
        }
    }

    void IClientUser.OnFailure(ClientTransaction transaction, int statusCode) => _server?.Send(statusCode);

    void IClientUser.OnTerminated(ClientTransaction transaction) { }

    private ReadOnlySpan<byte> Method => SipMethods.Name(request.Method);

    private void Send(HeaderField? credentials, bool isAgain)
    {
        var branch = Token.Branch(transactions.Lane.Random);
        _client = transactions.Send(next, request.Method, branch, writer(branch, credentials, isAgain), this);
    }
}
