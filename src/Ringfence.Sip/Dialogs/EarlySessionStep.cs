namespace Ringfence.Sip.Dialogs;

/// <summary>One cell of the table of <see cref="EarlySessionRules"/>.</summary>
/// <param name="Role">What the description of the early session is.</param>
/// <param name="Next">Where the early session stands afterwards; as before where the description may not be.</param>
/// <param name="Fault">Why it may not be.</param>
internal readonly record struct EarlySessionStep(DescriptionRole Role, EarlySessionState Next, EarlySessionFault Fault);
