namespace Ringfence.Sip.Dialogs;

/// <summary>One cell of the table of <see cref="OfferRules"/>.</summary>
/// <param name="Role">What the description of the message is.</param>
/// <param name="Next">Where offer and answer stand afterwards; as before where the message may not be.</param>
/// <param name="Fault">Why it may not be.</param>
internal readonly record struct OfferStep(DescriptionRole Role, OfferState Next, OfferFault Fault)
{
    internal bool IsLegal => Fault == OfferFault.None;
}
