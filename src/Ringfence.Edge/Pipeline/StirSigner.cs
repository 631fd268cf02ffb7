using System.Security.Cryptography;
using Ringfence.Edge.Configuration;
using Ringfence.Screening.Facts;
using Ringfence.Stir.Authentication;
using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;

namespace Ringfence.Edge.Pipeline;

/// <summary>
/// Whose call it is, and what may be said of the caller. The lists of the edge say who owns a number: to the service, an owner is a
/// customer to whom all numbers belong.
/// </summary>
internal sealed class StirSigner
{
    private readonly StirSigningConfiguration _sign;

    internal StirSigner(StirSigningConfiguration sign, TimeProvider clock)
    {
        _sign = sign;
        Service = new AuthenticationService(
            new AuthenticationOptions
            {
                Trunks = [.. sign.Trunks.Select(Trunk)],
                Customers =
                [
                    .. sign.Trunks.SelectMany(trunk => Both(trunk, "trunk " + trunk, sign.QuotaPerMinute)),
                    .. sign.Named.SelectMany(customer => Both(Named(customer), customer.Name, customer.QuotaPerMinute)),
                ],
                OrigIdSecret = sign.OrigIdSecret,
            },
            sign.Keys,
            clock,
            RandomNumberGenerator.Create()
        );
    }

    /// <summary>Signs.</summary>
    internal AuthenticationService Service { get; }

    /// <summary>Whether calls of the trunk are signed.</summary>
    internal bool Signs(string trunk) => _sign.Trunks.Contains(trunk);

    /// <summary>The customer whose call it is, as far as attestation and quota go; null for nobody known.</summary>
    internal string? CustomerOf(string trunk, in Party caller)
    {
        foreach (StirCustomerConfiguration customer in _sign.Named)
        {
            bool owns = customer.Numbers?.TryFind(caller, out _) == true;
            if (customer.Trunks.Count > 0 ? customer.Trunks.Contains(trunk) : owns)
            {
                return owns ? Owner(Named(customer)) : Known(Named(customer));
            }
        }

        return _sign.Own?.TryFind(caller, out _) == true ? Owner(trunk)
            : _sign.Customers?.TryFind(caller, out _) == true ? Known(trunk)
            : null;
    }

    private SigningTrunk Trunk(string name) =>
        new()
        {
            Name = name,
            Default =
                _sign.CustomerTrunks.Contains(name) && _sign.Default < Attestation.B ? Attestation.B : _sign.Default,
            OrigId = _sign.OrigId,
            QuotaPerMinute = _sign.QuotaPerMinute,
        };

    /// <summary>The owner of a number and who is merely known share one quota; the account of a trunk is that of its other callers, too.</summary>
    private static IEnumerable<SigningCustomer> Both(string name, string account, int quota)
    {
        yield return new SigningCustomer
        {
            Name = Owner(name),
            Numbers = NumberSet.Parse(Enumerable.Range(0, 10).Select(digit => $"{digit}*")),
            QuotaPerMinute = quota,
            Account = account,
        };
        yield return new SigningCustomer
        {
            Name = Known(name),
            QuotaPerMinute = quota,
            Account = account,
        };
    }

    /// <summary>Trunks and customers may have the same names.</summary>
    private static string Named(StirCustomerConfiguration customer) => "customer " + customer.Name;

    private static string Owner(string name) => name + " (own number)";

    private static string Known(string name) => name + " (known)";
}
