using Ringfence.Stir.Claims;
using Ringfence.Stir.Numbers;

namespace Ringfence.Stir.Verification;

/// <summary>
/// How the PASSporTs of a call link up (RFC 8946 §4.2): a "div" follows the PASSporT whose "dest" holds its "div". Identity headers have
/// no order, so the links alone make the chains.
/// </summary>
internal sealed class DiversionChains
{
    private readonly IReadOnlyList<IdentityCheck> _checks;
    private readonly int[] _follows;

    public DiversionChains(IReadOnlyList<IdentityCheck> checks)
    {
        _checks = checks;
        _follows = new int[checks.Count];
        for (int later = 0; later < checks.Count; later++)
        {
            for (int earlier = 0; earlier < checks.Count; earlier++)
            {
                if (
                    earlier != later
                    && Links(checks[earlier], checks[later])
                    && SameOrig(checks[earlier], checks[later])
                )
                {
                    _follows[later] |= 1 << earlier;
                }
            }
        }
    }

    /// <summary>Identities that one call may have, those inside "opt" included: they are bits of an integer.</summary>
    public const int MaximumIdentities = 30;

    /// <summary>What is wrong with a diversion's place in the call, before any signature is looked at.</summary>
    public Fault CheckStructure(int index, int maximumDiversions)
    {
        IdentityCheck check = _checks[index];
        if (_follows[index] == 0)
        {
            return _checks.Any(earlier => earlier != check && Links(earlier, check))
                ? Fault.DivOrigChanged
                : Fault.DivPredecessorMissing;
        }

        if (_checks.Count(c => c.IsDiversion) > maximumDiversions)
        {
            return Fault.DivTooLong;
        }

        int inward = Inward(index, _ => true);
        bool reachesFirst = Any(inward, at => !_checks[at].IsDiversion);
        if (!reachesFirst)
        {
            return (inward & (1 << index)) != 0 || Any(inward, at => (Inward(at, _ => true) & (1 << at)) != 0)
                ? Fault.DivLoop
                : Fault.DivPredecessorMissing;
        }

        // Step 1: the outermost "dest" is the Request-URI. To is not looked at.
        return ReachesTarget(index, _ => true) ? Fault.None : Fault.DivTargetMismatch;
    }

    /// <summary>Whether some "div" of the call claims to divert this PASSporT.</summary>
    public bool IsDiverted(int index) => _checks.Any(later => later != _checks[index] && Links(_checks[index], later));

    /// <summary>Whether diversions lead from this PASSporT to the Request-URI.</summary>
    public bool ReachesTarget(int index, Func<IdentityCheck, bool> holds)
    {
        int seen = 0;
        return Outward(index, holds, ref seen);
    }

    /// <summary>Whether a chain of PASSporTs that hold leads from this diversion to a first one.</summary>
    public bool ReachesFirst(int index, Func<IdentityCheck, bool> holds) =>
        Any(Inward(index, holds), at => !_checks[at].IsDiversion);

    private int Inward(int index, Func<IdentityCheck, bool> holds)
    {
        int seen = 0;
        var open = new Stack<int>();
        open.Push(index);
        while (open.TryPop(out int at))
        {
            for (int earlier = 0; earlier < _checks.Count; earlier++)
            {
                int bit = 1 << earlier;
                if ((_follows[at] & bit) != 0 && (seen & bit) == 0 && holds(_checks[earlier]))
                {
                    seen |= bit;
                    open.Push(earlier);
                }
            }
        }

        return seen;
    }

    private bool Outward(int index, Func<IdentityCheck, bool> holds, ref int seen)
    {
        if (_checks[index].MatchesTarget)
        {
            return true;
        }

        seen |= 1 << index;
        for (int later = 0; later < _checks.Count; later++)
        {
            bool next = (_follows[later] & (1 << index)) != 0 && (seen & (1 << later)) == 0 && holds(_checks[later]);
            if (next && Outward(later, holds, ref seen))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Any(int set, Predicate<int> condition)
    {
        for (int at = 0; set >> at != 0; at++)
        {
            if ((set & (1 << at)) != 0 && condition(at))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Links(IdentityCheck earlier, IdentityCheck later) =>
        later is { IsDiversion: true, Passport.Claims.Div: { } div }
        && earlier.Passport is { } first
        && CallIdentities.Contains(first.Claims.Dest, SipIdentity.Normalize(div));

    private static bool SameOrig(IdentityCheck earlier, IdentityCheck later) =>
        Normal(earlier.Passport!.Claims.Orig) == Normal(later.Passport!.Claims.Orig);

    private static ClaimedIdentity Normal(ClaimedIdentity identity) => SipIdentity.Normalize(identity);
}
