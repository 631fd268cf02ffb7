using System.Security.Cryptography;
using Ringfence.Edge.Configuration;
using Ringfence.Screening.Facts;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Certificates;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Fetching;
using Ringfence.Stir.Numbers;
using Ringfence.Stir.Verification;

namespace Ringfence.Edge.Pipeline;

/// <summary>
/// Verification and signing as the configuration in force wants them. Shared by all lanes; what was fetched and what was seen
/// of tokens outlives a reload.
/// </summary>
internal sealed class StirEngine : IDisposable
{
    /// <summary>Stands for a customer that owns the number.</summary>
    private const string Owner = "own";

    /// <summary>Stands for a customer that does not.</summary>
    private const string Known = "customer";

    private static readonly StirTrunkConfiguration AnyTrunk = new();
    private readonly TrustAnchors _anchors;
    private readonly CertificateCache _certificates;

    private StirEngine(
        StirConfiguration configuration,
        TrustAnchors anchors,
        CertificateCache certificates,
        VerificationService verification,
        TimeProvider clock
    )
    {
        Configuration = configuration;
        _anchors = anchors;
        _certificates = certificates;
        Verification = verification;
        Authentication = configuration.Sign is { } sign ? Signer(sign, configuration, clock) : null;
    }

    /// <summary>What it was made of.</summary>
    internal StirConfiguration Configuration { get; }

    /// <summary>Verifies.</summary>
    internal VerificationService Verification { get; }

    /// <summary>Signs; null: nothing is signed.</summary>
    internal AuthenticationService? Authentication { get; }

    /// <summary>Documents fetched so far.</summary>
    internal long Fetches => _certificates.Fetches;

    /// <summary>An engine for a configuration; the previous one's certificates and tokens go on where they can.</summary>
    internal static StirEngine? Make(StirConfiguration? configuration, StirEngine? previous, TimeProvider clock)
    {
        if (configuration is null)
        {
            return null;
        }

        if (previous is not null && FetchesAlike(previous.Configuration, configuration))
        {
            previous._anchors.Replace(configuration.Roots);
            VerificationService kept =
                previous.Configuration.Freshness == configuration.Freshness
                    ? previous.Verification
                    : Verifier(previous._certificates, configuration, clock);
            return new StirEngine(configuration, previous._anchors, previous._certificates, kept, clock);
        }

        var anchors = new TrustAnchors(configuration.Roots);
        var options = new FetchOptions { TestHosts = configuration.TestHosts, DiskFolder = configuration.Cache };
        if (configuration.Cache is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var certificates = new CertificateCache(new PathValidator(anchors), options, clock);
        return new StirEngine(
            configuration,
            anchors,
            certificates,
            Verifier(certificates, configuration, clock),
            clock
        );
    }

    /// <summary>How a trunk's identities are taken.</summary>
    internal StirTrunkConfiguration Of(string trunk) => Configuration.Trunks.GetValueOrDefault(trunk, AnyTrunk);

    /// <summary>Whose call it is, as far as attestation goes; null for nobody known.</summary>
    internal string? CustomerOf(in Party caller)
    {
        StirSigningConfiguration sign = Configuration.Sign!;
        return sign.Own?.TryFind(caller, out _) == true ? Owner
            : sign.Customers?.TryFind(caller, out _) == true ? Known
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _certificates.Dispose();

    private static bool FetchesAlike(StirConfiguration one, StirConfiguration other) =>
        one.Cache == other.Cache && one.TestHosts.SetEquals(other.TestHosts);

    private static VerificationService Verifier(
        CertificateCache certificates,
        StirConfiguration configuration,
        TimeProvider clock
    ) => new(certificates, null, new VerificationOptions { Freshness = configuration.Freshness }, clock);

    private static AuthenticationService Signer(
        StirSigningConfiguration sign,
        StirConfiguration configuration,
        TimeProvider clock
    )
    {
        // The lists of the edge say who owns a number: to the service, an owner is a customer to whom all numbers belong.
        var options = new AuthenticationOptions
        {
            Trunks =
            [
                .. configuration
                    .Trunks.Keys.Where(sign.Trunks.Contains)
                    .Select(name => new SigningTrunk
                    {
                        Name = name,
                        Default =
                            sign.CustomerTrunks.Contains(name) && sign.Default < Attestation.B
                                ? Attestation.B
                                : sign.Default,
                        OrigId = sign.OrigId,
                        QuotaPerMinute = sign.QuotaPerMinute,
                    }),
            ],
            Customers =
            [
                new SigningCustomer
                {
                    Name = Owner,
                    Numbers = NumberSet.Parse(Enumerable.Range(0, 10).Select(digit => $"{digit}*")),
                    QuotaPerMinute = sign.QuotaPerMinute,
                },
                new SigningCustomer { Name = Known, QuotaPerMinute = sign.QuotaPerMinute },
            ],
            OrigIdSecret = sign.OrigIdSecret,
        };
        return new AuthenticationService(options, sign.Keys, clock, RandomNumberGenerator.Create());
    }
}
