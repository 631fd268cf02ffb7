using System.ComponentModel;

namespace Ringfence.Edge.Web.Desk;

/// <summary>What the operator answers to an appeal.</summary>
/// <param name="Grant">Whether it is granted.</param>
/// <param name="Answer">What the caller reads.</param>
internal sealed record AppealDecision(
    [property: Description("True: complaints about the number are cleared and it is vouched for during 90 days")]
        bool Grant,
    [property: Description("What the caller reads on its page")] string? Answer
);
