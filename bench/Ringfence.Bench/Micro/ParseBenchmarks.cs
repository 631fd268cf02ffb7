using BenchmarkDotNet.Attributes;
using Ringfence.Sip.Messages;

namespace Ringfence.Bench.Micro;

/// <summary>An INVITE of 1.5 kB: indexed; checked; and with the headers decoded that a screening edge reads.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    [Benchmark(Baseline = true, Description = "index")]
    public object? Index() => SipParser.Parse(SampleMessages.Invite, ParserLimits.Default).Message;

    [Benchmark(Description = "check the whole grammar")]
    public bool Check() => MessageCheck.Check(SampleMessages.Request, ParserLimits.Default).IsFault;

    [Benchmark(Description = "index, check, decode Via From To CSeq Contact Identity")]
    public int Decode()
    {
        SipMessage message = SipParser.Parse(SampleMessages.Invite, ParserLimits.Default).Message!;
        _ = MessageCheck.Check(message, ParserLimits.Default);
        int read = Via.TryParse(message.Value(HeaderId.Via), out _) ? 1 : 0;
        read += NameAddr.TryParse(message.Value(HeaderId.From), out _) ? 1 : 0;
        read += NameAddr.TryParse(message.Value(HeaderId.To), out _) ? 1 : 0;
        read += NameAddr.TryParse(message.Value(HeaderId.Contact), out _) ? 1 : 0;
        read += CSeqValue.TryParse(message.Value(HeaderId.CSeq), out _, out _) ? 1 : 0;
        foreach (ReadOnlySpan<byte> identity in message.Items(HeaderId.Identity))
        {
            read += identity.Length;
        }

        return read;
    }

    [Benchmark(Description = "seventeen headers by id")]
    public int Access()
    {
        int found = 0;
        for (HeaderId id = HeaderId.Via; id < HeaderId.Via + 17; id++)
        {
            found += SampleMessages.Request.Value(id).Length;
        }

        return found;
    }
}
