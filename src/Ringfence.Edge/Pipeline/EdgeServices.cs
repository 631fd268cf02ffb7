using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Challenge;
using Ringfence.Edge.Evidence;
using Ringfence.Edge.Gate;
using Ringfence.Edge.Gate.Border;
using Ringfence.Edge.LiveFindings;
using Ringfence.Edge.Redress;
using Ringfence.Edge.Registrar;
using Ringfence.Edge.Storage;
using Ringfence.Edge.Telemetry;
using Ringfence.Media.Rtp;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Rates;
using Ringfence.Screening.Refusal;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.Resolve;

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

    /// <summary>What callees have said and done.</summary>
    internal EvidenceBook Evidence
    {
        get => field ??= new EvidenceBook(Reputation, writer: null);
        init;
    }

    /// <summary>Keeps refused calls for those who have their tokens; null: nobody can ask.</summary>
    internal RedressDesk? Desk { get; init; }

    /// <summary>Fetches and checks the jCards of calls that others rejected.</summary>
    internal ReceivedCards? Cards { get; init; }

    /// <summary>Makes the tokens of refused calls.</summary>
    internal RedressTokens Tokens { get; init; } = new(RandomNumberGenerator.Fill);

    /// <summary>True while a callee's 607 really changes its list: only then may a registrar say <c>sip.607</c> (RFC 8197 §5.2).</summary>
    public bool ActsOnUnwanted => Evidence.ActsOnUnwanted;

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

    /// <summary>Takes the media of callers of the trunks that say so; null: nobody does.</summary>
    internal IMediaBorder? Border { get; init; }

    /// <summary>Looks at calls that are over with the rules of diagnosis; null: nobody does.</summary>
    internal LiveFindingsWorker? Findings { get; init; }

    /// <summary>Finds the hosts of routes, and remembers which failed; null where there are only addresses.</summary>
    public SipResolver? Resolver { get; init; }

    /// <summary>The edge's own users; null for none.</summary>
    internal EdgeRegistrar? Registrar { get; init; }

    /// <summary>Hears of ended calls; null for nobody.</summary>
    public ICallObserver? Observer { get; init; }

    /// <summary>True once the edge is ending: new calls are refused with 503.</summary>
    public bool IsDraining { get; set; }
}
