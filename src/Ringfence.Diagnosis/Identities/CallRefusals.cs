using Ringfence.Diagnosis.Calls;

namespace Ringfence.Diagnosis.Identities;

/// <summary>The responses of a call that tell more than their code.</summary>
internal static class CallRefusals
{
    /// <summary>Each of them once, in order.</summary>
    public static IEnumerable<(TraceMessage Message, RefusalDetails Said)> Of(Call call) =>
        call
            .FirstHop.Where(m => m.Response is not null && !m.IsRetransmission)
            .Select(m => (Message: m, Said: RefusalDetails.Of(m)))
            .Where(pair => !pair.Said.IsEmpty);

    /// <summary>What a response tells, part by part.</summary>
    public static IEnumerable<(string Name, string Value)> Parts(RefusalDetails said) =>
        said
            .Analytics.Concat(said.Contact)
            .Select(part => (part.Key, part.Value))
            .Concat(said.StirReasons.Select(reason => ("STIR", $"{reason.Cause} {reason.Text}".TrimEnd())));
}
