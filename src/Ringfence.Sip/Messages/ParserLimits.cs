namespace Ringfence.Sip.Messages;

/// <summary>What the parser accepts at most; checked before anything is allocated. All sizes in bytes.</summary>
public sealed record ParserLimits
{
    /// <summary>The defaults.</summary>
    public static ParserLimits Default { get; } = new();

    /// <summary>A whole message on a stream transport.</summary>
    public int StreamMessage { get; init; } = 64 * 1024;

    /// <summary>Start line and all header lines together.</summary>
    public int HeaderSection { get; init; } = 16 * 1024;

    /// <summary>One header line; an Identity line may fill the header section.</summary>
    public int HeaderLine { get; init; } = 8 * 1024;

    /// <summary>Number of header lines.</summary>
    public int Headers { get; init; } = 128;

    /// <summary>Number of Via values.</summary>
    public int Vias { get; init; } = 70;

    /// <summary>The body.</summary>
    public int Body { get; init; } = 32 * 1024;

    /// <summary>The Request-URI.</summary>
    public int Uri { get; init; } = 1024;

    /// <summary>The method name; RFC 4475 §3.1.1.2 has a sound one of 43 bytes.</summary>
    public int Method { get; init; } = 64;

    /// <summary>Number of Identity values.</summary>
    public int Identities { get; init; } = 4;

    /// <summary>Parts of a multipart body, all levels together.</summary>
    public int MultipartParts { get; init; } = 32;

    /// <summary>Nesting of multipart bodies.</summary>
    public int MultipartDepth { get; init; } = 8;
}
