using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;
using Ringfence.Stir.Passport;

namespace Ringfence.Stir.Authentication;

/// <summary>What may be said of a caller, and why: emergency and anonymous calls first, then customer, number and trunk (ATIS-1000074 §5.2.3).</summary>
internal sealed class AttestationPolicy(AuthenticationOptions options)
{
    public (SigningReason Reason, Attestation Level) Decide(
        SigningRequest request,
        out ClaimedIdentity orig,
        out ClaimedIdentity dest
    )
    {
        orig = dest = default;
        if (Trunk(request) is not { } trunk)
        {
            return (SigningReason.TrunkUnknown, Attestation.None);
        }

        if (SipIdentity.From(request.Destination.Span, request.Numbers) is not { } called)
        {
            return (SigningReason.DestinationUnknown, Attestation.None);
        }

        dest = called;
        if (request.IsEmergency || options.EmergencyNumbers.Contains(called.Value) || IsEmergencyService(called))
        {
            return (SigningReason.EmergencyCall, Attestation.None);
        }

        if (request.Identities.Any(value => AuthenticationService.Read(value) is { Type: PassportType.Shaken }))
        {
            return (SigningReason.AlreadySigned, Attestation.None);
        }

        bool asserted = !request.AssertedIdentity.IsEmpty;
        ReadOnlyMemory<byte> caller = asserted ? request.AssertedIdentity : request.From;
        ClaimedIdentity? identity = SipIdentity.From(caller.Span, request.Numbers);
        if (!asserted && (request.IsPrivate || IsAnonymous(identity)))
        {
            return (SigningReason.AnonymousCaller, Attestation.None);
        }

        if (identity is not { IsUri: false } number)
        {
            return (SigningReason.CallerIsNoNumber, Attestation.None);
        }

        orig = number;
        return Attest(trunk, Customer(request), number.Value);
    }

    private static (SigningReason Reason, Attestation Level) Attest(
        SigningTrunk trunk,
        SigningCustomer? customer,
        string number
    )
    {
        if (customer is not null)
        {
            return customer.Numbers.Contains(number)
                ? (SigningReason.CustomerOwnsNumber, Attestation.A)
                : (SigningReason.CustomerKnown, Attestation.B);
        }

        if (trunk.Numbers.Contains(number))
        {
            return (SigningReason.TrunkOwnsNumber, Attestation.A);
        }

        return trunk.Default == Attestation.None
            ? (SigningReason.TrunkNotSigned, Attestation.None)
            : (SigningReason.TrunkDefault, trunk.Default);
    }

    public SigningTrunk? Trunk(SigningRequest request) =>
        options.Trunks.FirstOrDefault(trunk => trunk.Name == request.Trunk);

    public SigningCustomer? Customer(SigningRequest request) =>
        options.Customers.FirstOrDefault(customer => customer.Name == request.Customer);

    private static bool IsAnonymous(ClaimedIdentity? identity) =>
        identity is { IsUri: true, Value: var uri }
        && (
            uri.EndsWith("@anonymous.invalid", StringComparison.Ordinal)
            || uri.StartsWith("sip:anonymous@", StringComparison.Ordinal)
        );

    private static bool IsEmergencyService(ClaimedIdentity called) =>
        called.IsUri
        && (called.Value == "urn:service:sos" || called.Value.StartsWith("urn:service:sos.", StringComparison.Ordinal));
}
