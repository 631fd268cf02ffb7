namespace Ringfence.Edge.Web.Diagnose;

/// <summary>Why an upload came to nothing.</summary>
internal enum UploadFault
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>No file was in it.</summary>
    NoFile,

    /// <summary>It is larger than is taken.</summary>
    TooLarge,

    /// <summary>It has more files than are taken.</summary>
    TooMany,

    /// <summary>It is none of the known formats.</summary>
    Unreadable,

    /// <summary>Others are being read.</summary>
    Busy,

    /// <summary>What it came to has been forgotten.</summary>
    Gone,
}
