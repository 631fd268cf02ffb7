using Ringfence.Edge.Configuration;
using Ringfence.Edge.Gate;
using Ringfence.Edge.Routing;
using Ringfence.Sip.BackToBack;
using Ringfence.Sip.Calls;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Stages;

/// <summary>The two legs of a gated call: what crosses, and how each speaks SIP.</summary>
internal static class GateLegs
{
    /// <summary>What the edge answers with something other than 405; out of a dialog MESSAGE, REFER and NOTIFY get that all the same.</summary>
    internal const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, MESSAGE, REFER, NOTIFY";

    /// <summary>What a gated call takes where its trunk lets no transfer through.</summary>
    private static readonly byte[] AllowWithoutReferrals =
    [
        .. "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, MESSAGE"u8,
    ];

    private static readonly SipMethod[] WithReferrals =
    [
        .. BackToBackOptions.Default.Passed,
        SipMethod.Refer,
        SipMethod.Notify,
    ];

    /// <summary>What is known of the caller's trunk, before the call is progressed.</summary>
    internal static void Prepare(IncomingCall caller, Trunk trunk)
    {
        TrunkCallConfiguration terms = trunk.Configuration.Call;
        caller.Reliability = terms.Reliability;
        caller.Allow = AllowOf(trunk);
        caller.SessionExpires = terms.SessionSeconds;
        caller.TakesEarlySession = EarlySessionTerms.OfCaller(trunk.Configuration);
        // Registered users may sit behind a NAT.
        caller.KeepFlow |= trunk.Configuration.Authenticate == AuthenticateMode.Users;
    }

    /// <summary>What a callee's refusal says for its caller: where to complain (RFC 8688), when to try again, why.</summary>
    internal static HeaderPolicy Explanations { get; } =
        new() { Crossing = [HeaderId.CallInfo, HeaderId.RetryAfter, HeaderId.ErrorInfo, HeaderId.Warning] };

    /// <summary>The pair of a gated call.</summary>
    internal static LegPair Pair(IncomingCall caller, GateSetup setup, ISessionBridge session, ISessionBorder border)
    {
        HeaderPolicy policy = Policy(setup);
        return new LegPair(
            caller,
            new BackToBackOptions
            {
                TowardsCallee = policy,
                // Where a refused caller may complain (RFC 8688) is the callee's side to say.
                TowardsCaller = policy with
                {
                    Crossing = [.. policy.Crossing, HeaderId.CallInfo],
                },
                Passed = setup.Trunk.Configuration.Call.PassesReferrals
                    ? WithReferrals
                    : BackToBackOptions.Default.Passed,
                Session = session,
            },
            border
        );
    }

    /// <summary>What the callee's trunk says, where the target is one.</summary>
    internal static Invitation Towards(Invitation invitation, GateSetup setup)
    {
        TrunkCallConfiguration? terms = setup.Services.State.TrunkOf(invitation.Destination)?.Configuration.Call;
        return invitation with
        {
            Allow = AllowOf(setup.Trunk),
            Reliability = terms?.Reliability,
            SessionExpires = terms?.SessionSeconds ?? TrunkCallConfiguration.UsualSessionSeconds,
        };
    }

    private static ReadOnlyMemory<byte> AllowOf(Trunk trunk) =>
        trunk.Configuration.Call.PassesReferrals ? default : AllowWithoutReferrals;

    /// <summary>What a trunk asserts of its users crosses when it is trusted (RFC 3325 §7).</summary>
    internal static HeaderPolicy Policy(GateSetup setup) =>
        setup.Identity.Trunk.IsTrusted ? HeaderPolicy.Trusted : HeaderPolicy.Border;
}
