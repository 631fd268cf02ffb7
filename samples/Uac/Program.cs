// Calls a SIP URI, prints what comes, and hangs up after a second: Uac sip:bob@127.0.0.1:5062
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

await using SipNode node = SipNode.Open(SipNodeOptions.At("udp:127.0.0.1:0"));
var offer = Body.Sdp(
    """
    v=0
    o=- 1 1 IN IP4 127.0.0.1
    s=-
    c=IN IP4 127.0.0.1
    t=0 0
    m=audio 30000 RTP/AVP 0
    """
);
DialedCall call = node.Dial("sip:alice@127.0.0.1", args[0], offer);
await foreach (SipResponse progress in call.Progress)
{
    Console.WriteLine($"{progress.StatusCode}{(progress.Body.IsEmpty ? "" : " with early media")}");
}

FinalResponse final = await call.Final;
Console.WriteLine(final.StatusCode);
if (final.IsAnswered)
{
    await Task.Delay(TimeSpan.FromSeconds(1));
    call.End();
    Console.WriteLine(await call.Ended);
}

return final.IsAnswered ? 0 : 1;
