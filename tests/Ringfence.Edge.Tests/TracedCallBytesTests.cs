using System.Text;
using Ringfence.Edge.LiveFindings;
using Ringfence.Sip.Transport;

namespace Ringfence.Edge.Tests;

/// <summary>The messages of a call as they are kept.</summary>
public sealed class TracedCallBytesTests
{
    private static readonly Peer Caller = Peer.From(TransportKind.Tcp, System.Net.IPEndPoint.Parse("192.0.2.10:5060"));
    private static readonly Peer Edge = Peer.From(TransportKind.Tcp, System.Net.IPEndPoint.Parse("[2001:db8::1]:5061"));

    [Fact]
    public void What_is_kept_is_read_back_as_it_was()
    {
        TracedCall call = Call("INVITE sip:b@x SIP/2.0\r\n\r\n", "SIP/2.0 607 Unwanted\r\n\r\n");
        TracedCall read = TracedCallBytes.Read("id", TracedCallBytes.Write(call))!;
        read.Bytes.ShouldBe(call.Bytes);
        read.Messages.ShouldBe(call.Messages);
    }

    [Fact]
    public void What_opens_media_or_guesses_a_password_is_not_kept()
    {
        TracedCall call = Call(
            "Authorization: Digest username=\"a\", response=\"6629fae49393a05397450978507c4ef1\"\r\n\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20\r\n"
        );
        string text = Encoding.ASCII.GetString(TracedCallBytes.Read("id", TracedCallBytes.Write(call))!.Bytes);
        text.ShouldNotContain("6629fae4");
        text.ShouldNotContain("WVNfX19z");
        text.ShouldContain("inline:xxxx");
        text.ShouldContain("|2^20");
        text.Length.ShouldBe(call.Bytes.Length);
        Encoding.ASCII.GetString(call.Bytes).ShouldContain("WVNfX19z", customMessage: "the call itself is as it was");
    }

    [Fact]
    public void What_is_none_of_ours_is_no_call()
    {
        byte[] whole = TracedCallBytes.Write(Call("INVITE sip:b@x SIP/2.0\r\n\r\n"));
        TracedCallBytes.Read("id", []).ShouldBeNull();
        TracedCallBytes.Read("id", [1, 2, 3]).ShouldBeNull();
        TracedCallBytes.Read("id", whole[..(whole.Length / 2)]).ShouldBeNull();
    }

    private static TracedCall Call(params string[] texts)
    {
        List<TracedMessage> messages = [];
        int start = 0;
        foreach (string text in texts)
        {
            messages.Add(new TracedMessage(start, text.Length, 639_000_000_000_000_000 + start, Caller, Edge));
            start += text.Length;
        }

        return new TracedCall("id", [.. messages], Encoding.ASCII.GetBytes(string.Concat(texts)));
    }
}
