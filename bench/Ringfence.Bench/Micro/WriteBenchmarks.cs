using BenchmarkDotNet.Attributes;
using Ringfence.Sip.Messages;

namespace Ringfence.Bench.Micro;

/// <summary>Replies written into the lane's buffer.</summary>
[MemoryDiagnoser]
public class WriteBenchmarks
{
    private readonly SipWriter _writer = new();

    [Benchmark(Description = "607")]
    public int Unwanted()
    {
        _writer.StartReply(SampleMessages.Request, 607, "Unwanted"u8, "a1b2c3d4"u8, "127.0.0.1"u8, 5060);
        _writer.Header(HeaderId.Reason, "Q.850;cause=21;text=\"Call rejected\";location=U"u8);
        return _writer.Finish().Length;
    }

    [Benchmark(Description = "183 with SDP")]
    public int Progress()
    {
        _writer.StartReply(SampleMessages.Request, 183, "Session Progress"u8, "a1b2c3d4"u8, "127.0.0.1"u8, 5060);
        _writer.Header(HeaderId.Contact, "<sip:127.0.0.1:5060>"u8);
        return _writer.Finish("application/sdp"u8, SampleMessages.Sdp).Length;
    }
}
