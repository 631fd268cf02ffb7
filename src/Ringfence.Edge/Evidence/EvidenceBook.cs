using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ringfence.Screening.Facts;
using Ringfence.Screening.Lists;
using Ringfence.Screening.Policy;
using Ringfence.Screening.Reputation;
using Ringfence.Sip.Messages;

namespace Ringfence.Edge.Evidence;

/// <summary>
/// What callees have said and done: their lists, whom they dialled and answered, their wishes, their emergency calls. Asked and
/// told by all lanes; what outlives a restart is written elsewhere. Bounded throughout.
/// </summary>
internal sealed class EvidenceBook
{
    private const int MaxCallees = 100_000;

    /// <summary>Rescuers may call back for so long after an emergency call, from any number.</summary>
    internal static readonly TimeSpan EmergencyWindow = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Party, CalleePreferences> _preferences = new();
    private readonly BoundedMap<Party, DateTimeOffset> _emergencies = new(MaxCallees);
    private readonly BoundedMap<Party, SpokenOfCall> _lastCalls = new(MaxCallees);
    private readonly UnwantedReports _reports;
    private readonly EvidenceRows _rows;

    internal EvidenceBook(ReputationTable reputation, EvidenceWriter? writer)
    {
        Reputation = reputation;
        Writer = writer;
        _rows = new EvidenceRows(writer);
        _reports = new UnwantedReports(Lists, reputation);
    }

    /// <summary>What callees together think of callers.</summary>
    internal ReputationTable Reputation { get; }

    /// <summary>Each callee's own list.</summary>
    internal PersonalLists Lists { get; } = new();

    /// <summary>Whom each callee has dialled, answered or knows.</summary>
    internal Histories Histories { get; } = new();

    /// <summary>Writes; null: nothing outlives a restart.</summary>
    internal EvidenceWriter? Writer { get; }

    /// <summary>True while a 607 really changes the callee's list, now and after a restart: only then may <c>sip.607</c> be said (RFC 8197 §5.2).</summary>
    internal bool ActsOnUnwanted => Writer is { IsSound: true };

    /// <summary>What the callee wants beyond its lists; null where it has not said.</summary>
    internal CalleePreferences? PreferencesOf(in Party callee) => _preferences.GetValueOrDefault(callee);

    /// <summary>
    /// Whether the call may have to do with an emergency. A call back is believed where its caller's identity is the caller's
    /// own, or where the callee has just rung for help: RFC 7090 §4 warns that a header alone is an invitation.
    /// </summary>
    internal EmergencyContext EmergencyOf(in Party callee, SipRequest invite, bool identityHeld, DateTimeOffset at)
    {
        EmergencyContext context = default;
        if (_emergencies.TryGet(callee, out DateTimeOffset rang) && at - rang < EmergencyWindow)
        {
            context |= EmergencyContext.Window;
        }

        if (
            invite.TryGet(HeaderId.Priority, out ReadOnlySpan<byte> priority)
            && System.Text.Ascii.EqualsIgnoreCase(Lws.Trim(priority), "psap-callback"u8)
            && (identityHeld || context != 0)
        )
        {
            context |= EmergencyContext.CallBack;
        }

        return context;
    }

    /// <summary>A party has rung an emergency service.</summary>
    internal void RangForHelp(in Party caller, DateTimeOffset at)
    {
        if (!Histories.IsSomebody(caller))
        {
            return;
        }

        _emergencies.Put(caller, at);
        _rows.RangForHelp(caller, at);
    }

    /// <summary>A call reached the callee: it is the one that a star code is about.</summary>
    internal void Delivered(in SpokenOfCall call)
    {
        if (Histories.IsSomebody(call.Callee))
        {
            _lastCalls.Put(call.Callee, call);
        }
    }

    /// <summary>The call that reached the party last; null where none is known.</summary>
    internal SpokenOfCall? LastTo(in Party callee) => _lastCalls.TryGet(callee, out SpokenOfCall call) ? call : null;

    /// <summary>One of our users has called a number: it may call back. That lifts a block (a callee who dials again wants to talk).</summary>
    internal void Dialled(in Party user, in Party number, DateTimeOffset at)
    {
        if (EntryOf(user, number, at) is { IsAllowed: false })
        {
            Forget(user, number);
        }

        Note(user, number, Histories.Of(user, number) with { Dialled = true, At = at });
    }

    /// <summary>A callee has talked with a caller.</summary>
    internal void Answered(in Party callee, in Party caller, DateTimeOffset at) =>
        Note(callee, caller, Histories.Of(callee, caller) with { Answered = true, At = at });

    /// <summary>A caller is, or is not, in the callee's address book.</summary>
    internal void Contact(in Party callee, in Party caller, bool isContact, DateTimeOffset at) =>
        Note(callee, caller, Histories.Of(callee, caller) with { Contact = isContact, At = at });

    /// <summary>The callee says that the call was unwanted: what was between the two before counts no more.</summary>
    internal ReportOutcome Unwanted(in SpokenOfCall call, ReportChannel channel, DateTimeOffset at)
    {
        var report = new UnwantedReport(call.Caller, call.Callee, at, channel, call.IdentityHeld, call.Delivered);
        ReportOutcome outcome = _reports.Take(report);
        if (outcome != ReportOutcome.NoIdentity)
        {
            Note(call.Callee, call.Caller, new PairHistory(false, false, false, at));
            _rows.Entry(call.Callee, EntryOf(call.Callee, call.Caller, at)!);
        }

        _rows.Report(report, outcome, call.CallId);
        return outcome;
    }

    /// <summary>Puts a caller onto the callee's list.</summary>
    internal void Put(in Party callee, PersonalEntry entry)
    {
        Lists.Put(callee, entry);
        _rows.Entry(callee, entry);
    }

    /// <summary>Takes a caller off the callee's list; false where it was not on it.</summary>
    internal bool Forget(in Party callee, in Party caller)
    {
        bool was = Lists.Remove(callee, caller);
        if (was)
        {
            _rows.NoEntry(callee, caller);
        }

        return was;
    }

    /// <summary>What the callee wants from now on; null for nothing more. False when too many have said so.</summary>
    internal bool Prefer(in Party callee, CalleePreferences? wishes)
    {
        if (wishes is null)
        {
            _preferences.TryRemove(callee, out _);
        }
        else if (_preferences.Count < MaxCallees || _preferences.ContainsKey(callee))
        {
            _preferences[callee] = wishes;
        }
        else
        {
            return false;
        }

        _rows.Preferences(callee, wishes);
        return true;
    }

    /// <summary>An appeal was granted: the caller's evidence is gone, and it is vouched for.</summary>
    internal bool Vouch(in Party caller, DateTimeOffset at) => Reputation.GrantAppeal(caller, at);

    /// <summary>The callee's entry for a caller that is in force; null where there is none.</summary>
    internal PersonalEntry? EntryOf(in Party callee, Party caller, DateTimeOffset at) =>
        Lists.EntriesOf(callee, at).FirstOrDefault(entry => entry.Caller == caller);

    /// <summary>Takes in what was kept over a restart.</summary>
    internal void Restore(EvidenceStore store, DateTimeOffset now) =>
        EvidenceRestore.Into(this, store, now, _preferences, _emergencies);

    private void Note(in Party callee, in Party caller, PairHistory history)
    {
        if (Histories.Put(callee, caller, history) is { } changed)
        {
            _rows.History(callee, caller, changed);
        }
    }
}
