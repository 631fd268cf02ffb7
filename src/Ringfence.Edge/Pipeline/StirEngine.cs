using Ringfence.Edge.Configuration;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Pipeline;

/// <summary>
/// Verification and signing as the configuration in force wants them. Shared by all lanes; what was fetched and what was seen
/// of tokens outlives a reload.
/// </summary>
internal sealed class StirEngine : IDisposable
{
    private static readonly StirTrunkConfiguration AnyTrunk = new();
    private readonly CertificateCache _certificates;

    private StirEngine(
        StirConfiguration configuration,
        StirTrust trust,
        CertificateCache certificates,
        VerificationService verification,
        TimeProvider clock
    )
    {
        Configuration = configuration;
        Trust = trust;
        _certificates = certificates;
        Verification = verification;
        Signer = configuration.Sign is { } sign ? new StirSigner(sign, clock) : null;
    }

    /// <summary>What it was made of.</summary>
    internal StirConfiguration Configuration { get; }

    /// <summary>Verifies.</summary>
    internal VerificationService Verification { get; }

    /// <summary>Whom it trusts.</summary>
    internal StirTrust Trust { get; }

    /// <summary>Signs; null: nothing is signed.</summary>
    internal StirSigner? Signer { get; }

    /// <summary>Documents fetched so far.</summary>
    internal long Fetches => _certificates.Fetches;

    /// <summary>An engine for a configuration; the previous one's certificates and tokens go on where they can.</summary>
    internal static StirEngine? Make(StirConfiguration? configuration, StirEngine? previous, TimeProvider clock)
    {
        if (configuration is null)
        {
            return null;
        }

        StirTrust trust = StirTrust.Make(configuration, previous?.Trust, clock);
        if (previous is not null && trust == previous.Trust && FetchesAlike(previous.Configuration, configuration))
        {
            VerificationService kept =
                previous.Configuration.Freshness == configuration.Freshness
                    ? previous.Verification
                    : Verifier(previous._certificates, trust, configuration, clock);
            return new StirEngine(configuration, trust, previous._certificates, kept, clock);
        }

        var options = new FetchOptions { TestHosts = configuration.TestHosts, DiskFolder = configuration.Cache };
        if (configuration.Cache is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var certificates = new CertificateCache(new PathValidator(trust.Anchors), options, clock);
        return new StirEngine(
            configuration,
            trust,
            certificates,
            Verifier(certificates, trust, configuration, clock),
            clock
        );
    }

    /// <summary>How a trunk's identities are taken.</summary>
    internal StirTrunkConfiguration Of(string trunk) => Configuration.Trunks.GetValueOrDefault(trunk, AnyTrunk);

    /// <inheritdoc/>
    public void Dispose()
    {
        _certificates.Dispose();
        Trust.Dispose();
    }

    private static bool FetchesAlike(StirConfiguration one, StirConfiguration other) =>
        one.Cache == other.Cache && one.TestHosts.SetEquals(other.TestHosts);

    private static VerificationService Verifier(
        CertificateCache certificates,
        StirTrust trust,
        StirConfiguration configuration,
        TimeProvider clock
    ) => new(certificates, trust.Revocation, new VerificationOptions { Freshness = configuration.Freshness }, clock);
}
