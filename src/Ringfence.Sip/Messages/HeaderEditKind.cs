namespace Ringfence.Sip.Messages;

/// <summary>What happens to one header line on its way through.</summary>
internal enum HeaderEditKind : byte
{
    /// <summary>The line is left out.</summary>
    Remove,

    /// <summary>The name stays, the value is another.</summary>
    Replace,

    /// <summary>A line is put before the first header line.</summary>
    InsertFirst,

    /// <summary>A line is put after the last header line.</summary>
    InsertLast,
}
