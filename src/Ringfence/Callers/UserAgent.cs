using System.Net;
using System.Security.Cryptography;
using Ringfence.Media.OfferAnswer;
using Ringfence.Media.Rtp;
using Ringfence.Media.Sdp;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Time;
using Ringfence.Sip.Transactions;
using Ringfence.Sip.Transport;

namespace Ringfence.Callers;

/// <summary>A whole SIP user agent with one lane and one voice: the test caller and the test callee.</summary>
internal sealed class UserAgent : IAsyncDisposable
{
    private static readonly CallOptions Options = new() { Product = "Ringfence test agent", ContactUser = "ringfence" };
    private readonly SipTransport _transport;
    private readonly MediaClock _clock = new(TimeProvider.System);
    private readonly RtpPortRange _ports;
    private readonly IPAddress _address;

    private UserAgent(ListenAddress[] listen, Func<UserAgent, ICallHandler> handler)
    {
        _address = listen[0].EndPoint.Address;
        _ports = new RtpPortRange(_address, 30_000, 49_999, new Random(Seed()));
        _transport = SipTransport.Open(
            new SipTransportOptions { Listen = listen, Lanes = 1 },
            (lane, wire) =>
            {
                Lane = lane;
                Wire = new TappedWire(wire, Log);
                var transactions = new TransactionLayer(lane, Wire, SipTimers.Default, TransactionLimits.Default);
                Calls = new CallLayer(transactions, handler(this), Options);
                return new TappedSink(transactions, Log);
            }
        );
        _transport.Start();
        _clock.Start();
    }

    /// <summary>Every message that came and went.</summary>
    internal LadderLog Log { get; } = new();

    internal Lane Lane { get; private set; } = null!;

    internal IWire Wire { get; private set; } = null!;

    internal CallLayer Calls { get; private set; } = null!;

    /// <summary>The media clock's time.</summary>
    internal TimeSpan MediaNow => _clock.Now;

    /// <summary>Where it listens.</summary>
    internal IReadOnlyList<ListenAddress> Listening => _transport.Listening;

    /// <summary>Opens an agent.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The port cannot be had.</exception>
    internal static UserAgent Open(ListenAddress[] listen, Func<UserAgent, ICallHandler> handler) =>
        new(listen, handler);

    /// <summary>Opens a voice; null when no port is left.</summary>
    internal AudioParty? OpenVoice()
    {
        if (_ports.Open() is not { } sockets)
        {
            return null;
        }

        var voice = new AudioParty(sockets, Seed());
        _clock.Add(voice);
        return voice;
    }

    internal void Close(AudioParty voice) => _clock.Remove(voice);

    /// <summary>The session description of a message; empty for none. That of an early session is another (RFC 3959).</summary>
    internal static ReadOnlySpan<byte> SdpOf(SipMessage message) =>
        Multipart.FindSdp(message, ParserLimits.Default, out ReadOnlySpan<byte> sdp).IsFault ? default : sdp;

    /// <summary>What the agent has to offer with a voice.</summary>
    internal LocalAudio Describe(AudioParty voice) =>
        new() { Rtp = new IPEndPoint(_address, voice.Local.Port), Origin = SdpOrigin.Create(_address, (ulong)Seed()) };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync().ConfigureAwait(false);
        _clock.Dispose();
    }

    private static int Seed() => RandomNumberGenerator.GetInt32(int.MaxValue);
}
