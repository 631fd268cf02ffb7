namespace Ringfence.Sip.Messages;

/// <summary>One edit of a message that is forwarded.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Header">Index of the header line, for Remove and Replace.</param>
/// <param name="Id">The header, for the insertions; Other when the text brings its own name.</param>
/// <param name="Start">Where the new text begins within the edits' text.</param>
/// <param name="Length">Length of the new text.</param>
internal readonly record struct HeaderEdit(HeaderEditKind Kind, int Header, HeaderId Id, int Start, int Length);
