// Answers every call after a second of early media: Uas udp:127.0.0.1:5062
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

var answer = Body.Sdp(
    """
    v=0
    o=- 2 1 IN IP4 127.0.0.1
    s=-
    c=IN IP4 127.0.0.1
    t=0 0
    m=audio 30002 RTP/AVP 0
    """
);
await using SipNode node = SipNode.Open(
    SipNodeOptions.At(args[0]),
    call =>
    {
        call.Progress(183, default, answer, new HeaderField(HeaderId.PEarlyMedia, "sendonly"));
        call.After(TimeSpan.FromSeconds(1), () => call.Answer(answer));
    }
);
Console.WriteLine($"listening on {string.Join(", ", node.Listening)}; Enter ends");
Console.ReadLine();
