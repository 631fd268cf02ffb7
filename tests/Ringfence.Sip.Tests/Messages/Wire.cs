using System.Text;
using Ringfence.Sip.Messages;

namespace Ringfence.Sip.Tests.Messages;

/// <summary>Messages as text: line ends become CRLF, bytes are Latin-1.</summary>
internal static class Wire
{
    internal const string Invite = """
        INVITE sip:bob@biloxi.example SIP/2.0
        Via: SIP/2.0/UDP pc33.atlanta.example:5061;branch=z9hG4bK776asdhds;rport
        Max-Forwards: 70
        To: Bob <sip:bob@biloxi.example>
        From: "Alice" <sip:alice@atlanta.example>;tag=1928301774
        Call-ID: a84b4c76e66710@pc33.atlanta.example
        CSeq: 314159 INVITE
        Contact: <sip:alice@pc33.atlanta.example>
        Content-Length: 0


        """;

    internal static byte[] Bytes(string text) =>
        Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\n").Replace("\n", "\r\n", StringComparison.Ordinal));

    internal static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The invitation with a header line more.</summary>
    internal static byte[] InviteWith(string line) =>
        Bytes(Invite.Replace("Max-Forwards", line + "\nMax-Forwards", StringComparison.Ordinal));

    /// <summary>The invitation with another text in place of one that it has.</summary>
    internal static byte[] InviteBut(string old, string other)
    {
        Invite.ShouldContain(old);
        return Bytes(Invite.Replace(old, other, StringComparison.Ordinal));
    }

    /// <summary>Parsed and checked as a message that is about to be served.</summary>
    internal static ParseResult Judge(ReadOnlySpan<byte> bytes)
    {
        ParseResult result = SipParser.Parse(bytes, ParserLimits.Default);
        return result.IsSound
            ? new ParseResult(result.Message, MessageCheck.Check(result.Message!, ParserLimits.Default))
            : result;
    }

    /// <summary>A sound request.</summary>
    internal static SipRequest Request(ReadOnlySpan<byte> bytes) => Sound(bytes).ShouldBeOfType<SipRequest>();

    /// <summary>A sound response.</summary>
    internal static SipResponse Response(ReadOnlySpan<byte> bytes) => Sound(bytes).ShouldBeOfType<SipResponse>();

    private static SipMessage Sound(ReadOnlySpan<byte> bytes)
    {
        ParseResult result = Judge(bytes);
        result.Malformed.ShouldBe(Malformed.None);
        return result.Message.ShouldNotBeNull();
    }

    internal static string Value(this SipMessage message, HeaderId id, int index)
    {
        int at = -1;
        for (int i = 0; i <= index; i++)
        {
            at = message.IndexOf(id, at + 1);
            at.ShouldBeGreaterThanOrEqualTo(0);
        }

        return Text(message.Value(message.Headers[at]));
    }

    internal static List<string> All(this SipMessage message, HeaderId id)
    {
        List<string> items = [];
        foreach (ReadOnlySpan<byte> item in message.Items(id))
        {
            items.Add(Text(item));
        }

        return items;
    }
}
