using Ringfence.Diagnosis.Calls;
using Ringfence.Diagnosis.Findings;
using Ringfence.Media.OfferAnswer;

namespace Ringfence.Diagnosis.Report;

/// <summary>A good call and a bad one side by side: where they part, and what only the bad one has.</summary>
public sealed class CallComparison
{
    private CallComparison() { }

    /// <summary>The messages of the first hop of both, in order; null where one has nothing that matches the other.</summary>
    public required IReadOnlyList<(TraceMessage? Good, TraceMessage? Bad)> Messages { get; init; }

    /// <summary>Index into <see cref="Messages"/> of the first place where they differ; -1 if they do not.</summary>
    public required int PartsAt { get; init; }

    /// <summary>Findings that only the bad call has.</summary>
    public required IReadOnlyList<Finding> OnlyBad { get; init; }

    /// <summary>What differs in the offers.</summary>
    public required IReadOnlyList<SdpChange> OfferChanges { get; init; }

    /// <summary>What differs in the first answers.</summary>
    public required IReadOnlyList<SdpChange> AnswerChanges { get; init; }

    /// <summary>Header fields of the INVITE that one has and the other has not, as <c>+Name</c> (only bad) or <c>-Name</c> (only good).</summary>
    public required IReadOnlyList<string> HeaderChanges { get; init; }

    /// <summary>Compares two calls.</summary>
    /// <param name="good">The call that went well, and the diagnosis that it is part of.</param>
    /// <param name="bad">The call that did not.</param>
    public static CallComparison Of((Call Call, CallDiagnosis Diagnosis) good, (Call Call, CallDiagnosis Diagnosis) bad)
    {
        var known = good.Diagnosis.Of(good.Call).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var messages = Align(Once(good.Call), Once(bad.Call));
        return new CallComparison
        {
            Messages = messages,
            PartsAt = messages.FindIndex(pair => pair.Good is null || pair.Bad is null),
            OnlyBad = [.. bad.Diagnosis.Of(bad.Call).Where(f => !known.Contains(f.Id))],
            OfferChanges = Changes(good.Call.Invite, bad.Call.Invite),
            AnswerChanges = Changes(Answer(good.Call), Answer(bad.Call)),
            HeaderChanges = Headers(good.Call.Invite, bad.Call.Invite),
        };
    }

    private static List<TraceMessage> Once(Call call) => [.. call.FirstHop.Where(m => !m.IsRetransmission).Take(500)];

    private static TraceMessage? Answer(Call call) =>
        call.FirstHop.FirstOrDefault(m => m.Answers(Sip.Messages.SipMethod.Invite, 101, 299) && m.Sdp is not null);

    private static IReadOnlyList<SdpChange> Changes(TraceMessage? good, TraceMessage? bad) =>
        good?.Sdp is { } before && bad?.Sdp is { } after ? SdpComparison.Compare(before, after) : [];

    // The longest common sequence of what the messages are: method or status, and the method that is answered.
    private static List<(TraceMessage? Good, TraceMessage? Bad)> Align(List<TraceMessage> good, List<TraceMessage> bad)
    {
        var longest = new int[good.Count + 1, bad.Count + 1];
        for (var i = good.Count - 1; i >= 0; i--)
        {
            for (var j = bad.Count - 1; j >= 0; j--)
            {
                longest[i, j] = IsAlike(good[i], bad[j])
                    ? 1 + longest[i + 1, j + 1]
                    : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        var pairs = new List<(TraceMessage? Good, TraceMessage? Bad)>();
        var (a, b) = (0, 0);
        while (a < good.Count || b < bad.Count)
        {
            if (a < good.Count && b < bad.Count && IsAlike(good[a], bad[b]))
            {
                pairs.Add((good[a++], bad[b++]));
            }
            else if (b == bad.Count || (a < good.Count && longest[a + 1, b] >= longest[a, b + 1]))
            {
                pairs.Add((good[a++], null));
            }
            else
            {
                pairs.Add((null, bad[b++]));
            }
        }

        return pairs;
    }

    private static bool IsAlike(TraceMessage good, TraceMessage bad) =>
        good.Status == bad.Status
        && good.CSeqMethod == bad.CSeqMethod
        && good.Request?.Method == bad.Request?.Method
        && good.Sdp is null == bad.Sdp is null;

    private static List<string> Headers(TraceMessage? good, TraceMessage? bad)
    {
        if (good is null || bad is null)
        {
            return [];
        }

        var (before, after) = (Names(good), Names(bad));
        return
        [
            .. before.Except(after, StringComparer.OrdinalIgnoreCase).Select(name => "-" + name),
            .. after.Except(before, StringComparer.OrdinalIgnoreCase).Select(name => "+" + name),
        ];
    }

    private static List<string> Names(TraceMessage message)
    {
        var names = new List<string>();
        foreach (ref readonly var header in message.Sip.Headers)
        {
            names.Add(
                header.Id == Sip.Messages.HeaderId.Other
                    ? TraceMessage.Text(message.Sip.Name(header))
                    : header.Id.ToString()
            );
        }

        return names;
    }
}
