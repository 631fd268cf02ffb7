using System.Text;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Sip.Calls;

/// <summary>
/// What a user agent server checks before it looks at what a request wants, in the order of RFC 3261 §8.2: which status a
/// request earns by itself, 0 for none.
/// </summary>
internal sealed class UasChecks
{
    private readonly TransactionLayer _transactions;
    private readonly Reliability _reliability;
    private readonly int _minSessionExpires;
    private readonly bool[] _allowed = new bool[Enum.GetValues<SipMethod>().Length];

    internal UasChecks(TransactionLayer transactions, CallOptions options)
    {
        _transactions = transactions;
        Allow = Encoding.UTF8.GetBytes(options.Allow);
        Accept = Encoding.UTF8.GetBytes(options.Accept);
        Supported = Encoding.UTF8.GetBytes(options.Supported);
        _reliability = options.Reliability;
        _minSessionExpires = options.MinSessionExpires;
        HasTimer = Lists(Supported.Span, "timer"u8);
        foreach (Range range in Split(Allow.Span))
        {
            _allowed[(int)SipMethods.Parse(Lws.Trim(Allow.Span[range]))] = true;
        }

        _allowed[(int)SipMethod.Other] = false;
    }

    /// <summary>True when session timers are done here (RFC 4028).</summary>
    internal bool HasTimer { get; }

    internal ReadOnlyMemory<byte> Allow { get; }

    internal ReadOnlyMemory<byte> Accept { get; }

    internal ReadOnlyMemory<byte> Supported { get; }

    /// <summary>A request outside any dialog; false when it has been answered, without a transaction, or, an ACK, dropped.</summary>
    internal bool Pass(in Peer from, SipRequest request)
    {
        int statusCode = request.Method switch
        {
            SipMethod.Ack => 0,
            // They mean something only where they match (§9.2, §15.1.2).
            SipMethod.Cancel or SipMethod.Bye or SipMethod.Prack or SipMethod.Update => 481,
            // It may yet be proxied, and then the rest is no matter of ours (§16.3).
            SipMethod.Invite => CheckTarget(request),
            _ => CheckTarget(request) is > 0 and int refused
                ? refused
                : CheckAsServer(request, _transactions.Table.HasTwin(request), _reliability),
        };
        return PassWith(statusCode, from, request) && request.Method != SipMethod.Ack;
    }

    /// <summary>A request within a dialog goes through the same checks (§12.2.2), where they make sense.</summary>
    internal bool PassInDialog(in Peer from, SipRequest request, bool takesEarlySession) =>
        PassWith(
            CheckMethod(request) is > 0 and int refused
                ? refused
                : CheckRequire(request, _reliability, takesEarlySession),
            from,
            request
        );

    /// <summary>What only matters to whoever is to answer the request himself: 482, 420, 421, 415.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isMerged">True when it had come by another way before (§8.2.2.2).</param>
    /// <param name="reliability">Whether 100rel is understood.</param>
    /// <param name="takesEarlySession">Whether early-session is understood.</param>
    internal int CheckAsServer(
        SipRequest request,
        bool isMerged,
        Reliability reliability,
        bool takesEarlySession = false
    ) =>
        isMerged ? 482
        : CheckRequire(request, reliability, takesEarlySession) is > 0 and int refused ? refused
        : CheckContent(request) is > 0 and int unread ? unread
        : CheckTimer(request);

    /// <summary>RFC 4028 §9: 422 for a session interval that is too short, where the far side can ask for a longer one.</summary>
    internal int CheckTimer(SipRequest request) =>
        HasTimer
        && SessionExpires.TryParse(request.Value(HeaderId.SessionExpires), out uint seconds, out _)
        && seconds < _minSessionExpires
        && OptionTags.Has(request, HeaderId.Supported, "timer"u8)
            ? 422
            : 0;

    /// <summary>What a refusal for these reasons must say.</summary>
    internal void WriteReasons(
        SipWriter writer,
        SipRequest request,
        int statusCode,
        Reliability reliability,
        bool takesEarlySession = false
    )
    {
        switch (statusCode)
        {
            case 405 or 501:
                writer.Header(HeaderId.Allow, Allow.Span);
                break;
            case 415:
                writer.Header(HeaderId.Accept, Accept.Span);
                writer.Header(HeaderId.AcceptEncoding, "identity"u8);
                break;
            case 420:
                WriteUnsupported(writer, request, reliability, takesEarlySession);
                break;
            case 421:
                writer.Header(HeaderId.Require, "100rel"u8);
                break;
            case 422:
                writer.Header(HeaderId.MinSE, _minSessionExpires);
                break;
        }
    }

    private bool PassWith(int statusCode, in Peer from, SipRequest request)
    {
        if (statusCode != 0)
        {
            SipWriter writer = _transactions.StartReply(from, request, statusCode);
            WriteReasons(writer, request, statusCode, _reliability);
            _transactions.SendReply(from, request, writer.Finish());
        }

        return statusCode == 0;
    }

    /// <summary>8.2.1: 501 for a method that nobody here knows, 405 for one that is not welcome.</summary>
    private int CheckMethod(SipRequest request) =>
        _allowed[(int)request.Method] ? 0
        : request.Method == SipMethod.Other ? 501
        : 405;

    /// <summary>8.2.2.1: 416 for a scheme that nobody here knows; 483 for a request that could go no further (§16.3).</summary>
    private int CheckTarget(SipRequest request)
    {
        bool mayBeForwarded = request.Method != SipMethod.Options;
        return CheckMethod(request) is > 0 and int refused ? refused
            : SipUri.SchemeOf(request.RequestUri) == UriScheme.Other ? 416
            : mayBeForwarded && request.Value(HeaderId.MaxForwards).SequenceEqual("0"u8) ? 483
            : 0;
    }

    /// <summary>8.2.2.3: 420 when something is required that is not understood; 421 when 100rel is missing (RFC 3262 §3).</summary>
    private int CheckRequire(SipRequest request, Reliability reliability, bool takesEarlySession)
    {
        bool isReliable = false;
        foreach (ReadOnlySpan<byte> tag in request.Items(HeaderId.Require))
        {
            if (!Understands(tag, reliability, takesEarlySession))
            {
                return 420;
            }

            isReliable |= Ascii.EqualsIgnoreCase(tag, "100rel"u8);
        }

        bool isMissing =
            reliability == Reliability.Required
            && request.Method == SipMethod.Invite
            && !isReliable
            && !OptionTags.Has(request, HeaderId.Supported, "100rel"u8);
        return isMissing ? 421 : 0;
    }

    private void WriteUnsupported(SipWriter writer, SipRequest request, Reliability reliability, bool takesEarlySession)
    {
        foreach (ReadOnlySpan<byte> tag in request.Items(HeaderId.Require))
        {
            if (!Understands(tag, reliability, takesEarlySession))
            {
                writer.Header(HeaderId.Unsupported, tag);
            }
        }
    }

    private bool Understands(ReadOnlySpan<byte> tag, Reliability reliability, bool takesEarlySession) =>
        Ascii.EqualsIgnoreCase(tag, "100rel"u8)
            ? reliability != Reliability.Off
            : (takesEarlySession && Ascii.EqualsIgnoreCase(tag, "early-session"u8)) || Lists(Supported.Span, tag);

    /// <summary>8.2.3: 415 for a body that is not understood and not optional.</summary>
    private int CheckContent(SipRequest request)
    {
        bool isRead = request.Method == SipMethod.Invite && !request.Body.IsEmpty;
        ReadOnlySpan<byte> type = request.Value(HeaderId.ContentType);
        int parameters = type.IndexOf((byte)';');
        type = Lws.Trim(parameters < 0 ? type : type[..parameters]);
        ReadOnlySpan<byte> encoding = request.Value(HeaderId.ContentEncoding);
        bool isIdentity = encoding.IsEmpty || Ascii.EqualsIgnoreCase(encoding, "identity"u8);
        bool isOptional = request.Value(HeaderId.ContentDisposition).IndexOf("handling=optional"u8) >= 0;
        return !isRead || isOptional || (isIdentity && Lists(Accept.Span, type)) ? 0 : 415;
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
