using System.Net;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Gate.Border;
using Ringfence.Media.RtpEngine;
using Ringfence.Sip.Lanes;

namespace Ringfence.Edge.Tests.Gate;

/// <summary>
/// A border that takes DTLS off an offer and puts it onto the answer, and leaves the addresses: media comes straight through. It replies
/// at once, or when the test says so.
/// </summary>
internal sealed class FakeBorder : IMediaBorder
{
    internal const string Fingerprint = "a=fingerprint:sha-256 AA:BB";
    internal const string Crossed = "a=crossed";
    internal const string Secure = "UDP/TLS/RTP/SAVPF";
    private Action? _reply;

    public bool IsAway { get; set; }

    public IPAddress Local => IPAddress.Loopback;

    internal TrunkMedia WhenAway { get; init; } = TrunkMedia.RtpEngine;

    /// <summary>The command that is not replied to until <see cref="Reply"/>.</summary>
    internal string Slow { get; set; } = "";

    /// <summary>The command that fails.</summary>
    internal string Failing { get; set; } = "";

    internal RtpEngineFault Fault { get; set; } = RtpEngineFault.Refused;

    /// <summary>Every command, in order.</summary>
    internal List<string> Asked { get; } = [];

    internal List<RtpEngineLeg> Legs { get; } = [];

    internal List<string> Deleted { get; } = [];

    public void Offer(Lane lane, RtpEngineLeg leg, string sdp, RtpEngineSide towards, Action<RtpEngineReply> replied) =>
        Do("offer", lane, leg, As(towards, sdp), replied);

    public void Answer(
        Lane lane,
        RtpEngineLeg leg,
        string sdp,
        RtpEngineSide towards,
        Action<RtpEngineReply> replied
    ) => Do("answer", lane, leg, As(towards, sdp), replied);

    public void Delete(string call)
    {
        Asked.Add("delete");
        Deleted.Add(call);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal void Reply() => _reply.ShouldNotBeNull()();

    private static string As(RtpEngineSide side, string sdp) =>
        side.Transport == Secure
            ? sdp.Replace("RTP/AVP", Secure) + Fingerprint + "\r\n"
            : sdp.Replace(Secure, "RTP/AVP").Replace($"{Fingerprint}\r\n", "") + $"{Crossed}\r\n";

    private void Do(string command, Lane lane, RtpEngineLeg leg, string sdp, Action<RtpEngineReply> replied)
    {
        Asked.Add(command);
        Legs.Add(leg);
        RtpEngineReply reply =
            command == Failing
                ? new RtpEngineReply(Fault, Fault == RtpEngineFault.Refused ? "no ports" : "", null)
                : new RtpEngineReply(
                    RtpEngineFault.None,
                    "",
                    new Dictionary<string, Bencode> { ["result"] = "ok", ["sdp"] = sdp }
                );
        _reply = () => lane.Post(new OnLane(() => replied(reply))).ShouldBeTrue();
        if (command != Slow)
        {
            _reply();
        }
    }
}
