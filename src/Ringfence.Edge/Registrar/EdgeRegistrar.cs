using System.Text;
using Microsoft.Extensions.Logging;
using Ringfence.Edge.Configuration;
using Ringfence.Edge.Telemetry;
using Ringfence.Sip.Auth;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Lanes;
using Ringfence.Sip.Messages;
using Ringfence.Sip.Proxy;
using Ringfence.Sip.Registrar;

namespace Ringfence.Edge.Registrar;

/// <summary>The edge's own users: who they are, where they are, and what they have to show. Safe for any lane.</summary>
internal sealed class EdgeRegistrar : IAsyncDisposable
{
    private readonly StoredBindings _bindings;
    private readonly byte[] _key;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private Rules _rules;

    private EdgeRegistrar(
        RegistrarConfiguration configuration,
        StoredBindings bindings,
        byte[] key,
        ILogger log,
        TimeProvider clock
    )
    {
        _bindings = bindings;
        _key = key;
        _log = log;
        _clock = clock;
        _rules = RulesOf(configuration);
    }

    /// <summary>Addresses-of-record that are registered.</summary>
    internal int Registered => _bindings.Count;

    /// <summary>Opens the table of contacts.</summary>
    internal static EdgeRegistrar Open(
        RegistrarConfiguration configuration,
        string database,
        byte[] key,
        ILogger log,
        TimeProvider clock
    ) => new(configuration, StoredBindings.Open(database, log, clock), key, log, clock);

    /// <summary>Puts other users and rules into force; contacts stay, and so do the nonces in use.</summary>
    internal void Reload(RegistrarConfiguration configuration) => Volatile.Write(ref _rules, RulesOf(configuration));

    /// <summary>Answers a REGISTER.</summary>
    internal void Register(Lane lane, IncomingRequest request, bool actsOn607)
    {
        Rules rules = Volatile.Read(ref _rules);
        RegistrarOptions options = rules.Options with { ActsOn607 = actsOn607 };
        new RegistrarLayer(lane, _bindings, options, rules.Digest, fault => RegistrarLog.Fault(_log, fault)).Register(
            request
        );
    }

    /// <summary>
    /// Who calls, by the INVITE's credentials; false when he was challenged or refused (RFC 3261 §22.3). A user calls under his own
    /// name, a trunk under any.
    /// </summary>
    internal bool Authenticate(IncomingCall call, AuthenticateMode mode)
    {
        Rules rules = Volatile.Read(ref _rules);
        DigestVerdict verdict = rules.Digest.Check(call.Request, asProxy: true);
        if (verdict.Outcome != DigestOutcome.Authenticated)
        {
            call.Refuse(
                verdict.StatusCode,
                default,
                [.. verdict.Challenges.Select(value => new HeaderField(verdict.Id, value))]
            );
            return false;
        }

        if (mode == AuthenticateMode.Trunk || IsOwnName(call.Request, verdict.User, rules.Options))
        {
            return true;
        }

        call.Refuse(403, default);
        return false;
    }

    /// <summary>Where a called user has registered, highest q first (§16.6); nowhere for one who has not.</summary>
    /// <param name="requestUri">What was called: its host counts where it is a domain of ours.</param>
    /// <param name="callee">The called user or number.</param>
    internal IEnumerable<ProxyTarget> ContactsOf(ReadOnlySpan<byte> requestUri, ReadOnlySpan<byte> callee)
    {
        RegistrarOptions options = Volatile.Read(ref _rules).Options;
        if (
            !AddressOfRecord.TryParse(requestUri, out AddressOfRecord address)
            || !options.Domains.Contains(address.Domain, StringComparer.OrdinalIgnoreCase)
        )
        {
            byte[] uri = [.. "sip:"u8, .. callee, .. "@"u8, .. Encoding.ASCII.GetBytes(options.Domains[0])];
            if (!AddressOfRecord.TryParse(uri, out address))
            {
                return [];
            }
        }

        IReadOnlyList<Binding> bindings = _bindings.Read(address);
        DateTimeOffset now = _clock.GetUtcNow();
        return bindings
            .Where(binding => binding.Expires > now)
            .OrderByDescending(binding => binding.Q)
            .Select(ContactTarget.Of);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _bindings.DisposeAsync();

    private static bool IsOwnName(SipRequest invite, string user, RegistrarOptions options) =>
        NameAddr.TryParse(invite.Value(HeaderId.From), out NameAddr from)
        && AddressOfRecord.TryParse(from.Uri, out AddressOfRecord address)
        && options.Domains.Contains(address.Domain, StringComparer.OrdinalIgnoreCase)
        && options.MayRegister(user, address);

    private Rules RulesOf(RegistrarConfiguration configuration) =>
        new(
            new RegistrarOptions
            {
                Domains = configuration.Domains,
                MinExpires = configuration.MinExpires,
                MaxExpires = configuration.MaxExpires,
                DefaultExpires = configuration.MaxExpires,
            },
            new DigestServer(
                new DigestServerOptions
                {
                    Realm = configuration.Realm,
                    Algorithms = configuration.Algorithms,
                    OffersIntegrity = configuration.OffersIntegrity,
                },
                new UserTable(configuration.Users),
                _key,
                _clock
            )
        );

    /// <summary>What is in force.</summary>
    private sealed record Rules(RegistrarOptions Options, DigestServer Digest);
}
