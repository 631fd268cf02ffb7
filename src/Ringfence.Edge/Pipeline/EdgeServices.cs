using Microsoft.Extensions.Logging;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Gate;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.Rtp;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Rates;
using Ringfence.Screening.Reputation;

namespace Ringfence.Edge.Pipeline;

/// <summary>What all lanes share. Everything here is safe for many threads and never blocks.</summary>
public sealed class EdgeServices
{
    private EdgeState _state;
    private StirEngine? _stir;

    /// <summary>Services around a first state.</summary>
    public EdgeServices(EdgeState state) => _state = state;

    /// <summary>The configuration in force. Read once per call, so that one call sees one state.</summary>
    public EdgeState State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>Takes the records.</summary>
    public required CallRecordWriter Records { get; init; }

    /// <summary>The operator's lists.</summary>
    public required ListCatalogue Lists { get; init; }

    /// <summary>How numbers dial.</summary>
    public RateTable Rates { get; init; } = new();

    /// <summary>What callees say of callers.</summary>
    public ReputationTable Reputation { get; init; } = new();

    /// <summary>Who has passed a challenge lately.</summary>
    internal ChallengePasses Passes { get; init; } = new(TimeProvider.System);

    /// <summary>Drives the media of gated calls.</summary>
    public required MediaClock MediaClock { get; init; }

    /// <summary>The ports of RTP.</summary>
    public required RtpPortRange RtpPorts { get; init; }

    /// <summary>Verifies and signs caller identities; null where the configuration does not ask for it.</summary>
    internal StirEngine? Stir
    {
        get => Volatile.Read(ref _stir);
        set => Volatile.Write(ref _stir, value);
    }

    /// <summary>Counts.</summary>
    public required EdgeMeters Meters { get; init; }

    /// <summary>Log lines.</summary>
    public required ILogger Log
    {
        get;
        init
        {
            field = value;
            Early = new EarlyMediaServices(value);
        }
    }

    /// <summary>What early media needs.</summary>
    internal EarlyMediaServices Early { get; private init; } = null!;

    /// <summary>Hears of ended calls; null for nobody.</summary>
    public ICallObserver? Observer { get; init; }

    /// <summary>True once the edge is ending: new calls are refused with 503.</summary>
    public bool IsDraining { get; set; }
}
