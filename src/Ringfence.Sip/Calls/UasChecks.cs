using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>
/// What a user agent server checks before it looks at what a request wants, in the order of RFC 3261 §8.2. What fails is
/// answered here, without a transaction.
/// </summary>
internal sealed class UasChecks
{
    private readonly TransactionLayer _transactions;
    private readonly bool[] _allowed = new bool[Enum.GetValues<SipMethod>().Length];

    internal UasChecks(TransactionLayer transactions, CallOptions options)
    {
        _transactions = transactions;
        Allow = Encoding.UTF8.GetBytes(options.Allow);
        Accept = Encoding.UTF8.GetBytes(options.Accept);
        Supported = Encoding.UTF8.GetBytes(options.Supported);
        foreach (Range range in Split(Allow.Span))
        {
            _allowed[(int)SipMethods.Parse(Lws.Trim(Allow.Span[range]))] = true;
        }

        _allowed[(int)SipMethod.Other] = false;
    }

    internal ReadOnlyMemory<byte> Allow { get; }

    internal ReadOnlyMemory<byte> Accept { get; }

    internal ReadOnlyMemory<byte> Supported { get; }

    /// <summary>A request outside any dialog; false when it has been answered, or, an ACK, dropped.</summary>
    internal bool Pass(in Peer from, SipRequest request)
    {
        if (request.Method == SipMethod.Ack)
        {
            return false;
        }

        if (request.Method is SipMethod.Cancel or SipMethod.Bye or SipMethod.Prack or SipMethod.Update)
        {
            // They mean something only where they match (§9.2, §15.1.2).
            _transactions.Refuse(from, request, 481);
            return false;
        }

        return PassMethod(from, request)
            && PassTarget(from, request)
            && PassTwin(from, request)
            && PassRequire(from, request)
            && PassContent(from, request);
    }

    /// <summary>A request within a dialog goes through the same checks (§12.2.2), where they make sense.</summary>
    internal bool PassInDialog(in Peer from, SipRequest request) =>
        PassMethod(from, request) && PassRequire(from, request);

    /// <summary>8.2.1: 501 for a method that nobody here knows, 405 for one that is not welcome.</summary>
    private bool PassMethod(in Peer from, SipRequest request)
    {
        if (_allowed[(int)request.Method])
        {
            return true;
        }

        SipWriter writer = _transactions.StartReply(from, request, request.Method == SipMethod.Other ? 501 : 405);
        writer.Header(HeaderId.Allow, Allow.Span);
        _transactions.SendReply(from, request, writer.Finish());
        return false;
    }

    /// <summary>8.2.2.1: 416 for a scheme that nobody here knows; 483 when the INVITE could go no further (§16.3).</summary>
    private bool PassTarget(in Peer from, SipRequest request)
    {
        bool isExhausted =
            request.Method != SipMethod.Options && request.Value(HeaderId.MaxForwards).SequenceEqual("0"u8);
        int statusCode =
            SipUri.SchemeOf(request.RequestUri) == UriScheme.Other ? 416
            : isExhausted ? 483
            : 0;
        return statusCode == 0 || Refuse(from, request, statusCode);
    }

    /// <summary>8.2.2.2: the same request by another way.</summary>
    private bool PassTwin(in Peer from, SipRequest request) =>
        !_transactions.Table.HasTwin(request) || Refuse(from, request, 482);

    /// <summary>8.2.2.3: 420 with all that is required and not understood.</summary>
    private bool PassRequire(in Peer from, SipRequest request)
    {
        if (!request.Has(HeaderId.Require))
        {
            return true;
        }

        SipWriter? writer = null;
        foreach (ReadOnlySpan<byte> tag in request.Items(HeaderId.Require))
        {
            if (Lists(Supported.Span, tag))
            {
                continue;
            }

            writer ??= _transactions.StartReply(from, request, 420);
            writer.Header(HeaderId.Unsupported, tag);
        }

        if (writer is not null)
        {
            _transactions.SendReply(from, request, writer.Finish());
        }

        return writer is null;
    }

    /// <summary>8.2.3: 415 for a body that is not understood and not optional.</summary>
    private bool PassContent(in Peer from, SipRequest request)
    {
        bool isRead = request.Method == SipMethod.Invite && !request.Body.IsEmpty;
        ReadOnlySpan<byte> type = request.Value(HeaderId.ContentType);
        int parameters = type.IndexOf((byte)';');
        type = Lws.Trim(parameters < 0 ? type : type[..parameters]);
        ReadOnlySpan<byte> encoding = request.Value(HeaderId.ContentEncoding);
        bool isIdentity = encoding.IsEmpty || Ascii.EqualsIgnoreCase(encoding, "identity"u8);
        bool isOptional = request.Value(HeaderId.ContentDisposition).IndexOf("handling=optional"u8) >= 0;
        if (!isRead || isOptional || (isIdentity && Lists(Accept.Span, type)))
        {
            return true;
        }

        SipWriter writer = _transactions.StartReply(from, request, 415);
        writer.Header(HeaderId.Accept, Accept.Span);
        writer.Header(HeaderId.AcceptEncoding, "identity"u8);
        _transactions.SendReply(from, request, writer.Finish());
        return false;
    }

    private bool Refuse(in Peer from, SipRequest request, int statusCode)
    {
        _transactions.Refuse(from, request, statusCode);
        return false;
    }

    private static bool Lists(ReadOnlySpan<byte> list, ReadOnlySpan<byte> item)
    {
        foreach (Range range in Split(list))
        {
            if (Ascii.EqualsIgnoreCase(Lws.Trim(list[range]), item))
            {
                return true;
            }
        }

        return false;
    }

    private static MemoryExtensions.SpanSplitEnumerator<byte> Split(ReadOnlySpan<byte> list) => list.Split((byte)',');
}
